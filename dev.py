"""Start Chapeau from a fresh clone: make its environment, then hand over to it.

    python3 dev.py demo          the sample, on this machine's own address
    python3 dev.py run           the real thing, on an empty instance
    python3 dev.py test          the tests; what follows goes to pytest
    python3 dev.py chapeau ...   the command line

Needs Python 3.11 or newer and nothing else: everything here is of the standard library.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is the line that tells an older Python so
    sys.exit(f"dev.py: Chapeau needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

import argparse
import hashlib
import importlib
import os
import platform
import re
import shutil
import subprocess
import textwrap
import venv
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LIST = ROOT / "requirements.txt"
TEST_LIST = ROOT / "requirements-dev.txt"
DEFAULT_PORT = 8765
WRONG_USAGE = 2
INTERRUPTED = 130
# Whoever is done takes over tests of the other; folders stay together, with what their tests share.
WORKERS = ("-n", "2", "--dist", "worksteal")

DEBIAN_PACKAGES = (
    "libreoffice-writer",
    "python3-uno",
    "chromium",
    "postgresql",
    "fonts-noto-cjk",
    "fonts-liberation",
    "poppler-utils",
    "pandoc",
)
"""What the tests read and show files with, besides Python, under the names Debian gives it."""

# How pip begins its line on a package: with its name, or with the file it found nearby.
PACKAGE = re.compile(
    r"(?:Collecting |Requirement already satisfied: |Processing (?:\S*[/\\])?)([\w.]+(?:-[a-zA-Z][\w.]*)*)"
)

# Settings of the caller's shell that would send modules elsewhere than into the environment.
LEFT_OUT = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__")


class Unprepared(Exception):
    """The environment cannot be made; the message says in one line what to do."""


# The command line


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sys.exit(self._refuse(message))

    def _refuse(self, message: str) -> int:
        print(f"dev.py: {message} (python3 dev.py --help)", file=sys.stderr)
        return WRONG_USAGE


def _server_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, help=f"port on 127.0.0.1 (default: {DEFAULT_PORT})")
    parser.add_argument("--instance", type=Path, metavar="DIR", help="folder of the database (default: instance)")


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 1 to 65535")
    return int(text)


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the command, its options and the words that are handed on.

    Exits with status 2 and one line where they cannot be understood.
    """
    parser = _Arguments(
        prog="dev.py",
        description="Start Chapeau: make its environment where it is missing, then hand over to it.",
        epilog=textwrap.dedent("""\
            commands:
              demo          create a database with the sample, serve it, print the sign-in links
              run           serve the instance; the first start prints a set-up link
              test          run the tests; further words go to pytest (--planted: plant faults instead)
              chapeau       run the command line; further words go to it
            """),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _server_options(parser)
    parser.add_argument("command", choices=("demo", "run", "test", "chapeau"), metavar="command")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="...")
    found = parser.parse_args(arguments)
    if found.command in ("demo", "run"):
        after = _Arguments(prog=f"dev.py {found.command}", allow_abbrev=False, argument_default=argparse.SUPPRESS)
        _server_options(after)
        after.parse_args(found.words, found)
    elif found.port is not None or found.instance is not None:
        parser.error(f"--port and --instance belong to demo and run, not to {found.command}")
    return found


# The environment


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the variables a program inside the environment starts with: *given*, with this project first."""
    kept = {name: value for name, value in given.items() if name not in LEFT_OUT}
    return {**kept, "PYTHONPATH": str(ROOT), "VIRTUAL_ENV": str(ENVIRONMENT)}


def _maker() -> str:
    """Return what an environment depends on: another Python or another machine needs another one."""
    return f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor} {platform.machine()}"


def _fingerprint(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def _holds(stamp: Path, text: str) -> bool:
    return stamp.is_file() and stamp.read_text("utf-8") == text


def prepare(requirements: Path) -> None:
    """Make sure the environment exists and holds what the list *requirements* names.

    Each step leaves a stamp when it is done, so that a second start only reads two small files and an
    interrupted one goes on where it stopped.

    Raises:
        Unprepared: Python lacks a module, or a package could not be installed.
    """
    made = ENVIRONMENT / "made-by.txt"
    if not (PYTHON.exists() and _holds(made, _maker())):
        _require_venv()
        print(f"Making the environment in {ENVIRONMENT.name} …", flush=True)
        try:
            venv.create(ENVIRONMENT, clear=True, with_pip=True, symlinks=os.name != "nt")
        except (OSError, subprocess.CalledProcessError) as error:
            raise Unprepared(f"the environment in {ENVIRONMENT} could not be made: {error}") from error
        made.write_text(_maker(), "utf-8")
    if not _holds(_stamp(requirements), _fingerprint(requirements)):
        for stamp in map(_stamp, (RUN_LIST, TEST_LIST)):
            stamp.unlink(missing_ok=True)  # from here on neither list is known to be there as written
        _install(requirements)
        for done in {requirements, RUN_LIST}:  # the tests' list holds all of the other
            _stamp(done).write_text(_fingerprint(done), "utf-8")


def _stamp(requirements: Path) -> Path:
    return ENVIRONMENT / f"installed-{requirements.stem}.txt"


def _install(requirements: Path) -> None:
    """Install the packages of a list with pip, a line on each as it comes."""
    total = sum("==" in line for line in requirements.read_text("utf-8").splitlines())
    print(f"Installing {total} packages; this is done once …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar=off"]
    # --no-deps: the list is complete, and older pips would look for newer versions of what an extra asks for.
    command = [*pip, "--no-warn-script-location", "--no-deps", "--require-hashes", "-r", str(requirements)]
    inside = environment(os.environ)
    said: list[str] = []
    with subprocess.Popen(
        command, env=inside, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as running:
        named: set[str] = set()
        for line in running.stdout or ():
            said.append(line)
            _show_progress(line, named, total)
    if running.returncode:
        print(*said[-12:], sep="", file=sys.stderr)
        raise Unprepared("packages could not be installed (pip says why above); the next start goes on from here.")


def _show_progress(line: str, named: set[str], total: int) -> None:
    """Print where pip is: the package a line starts on, unless *named* already, or the last step of all."""
    package = PACKAGE.match(line)
    if package and package[1] not in named:
        named.add(package[1])
        print(f"  {len(named):2}/{total}  {package[1]}", flush=True)
    elif line.startswith("Installing collected"):
        print("  unpacking …", flush=True)


def _require_venv() -> None:
    """See that this Python can make environments, and give a Debian one the module where we may.

    Raises:
        Unprepared: It cannot; the message is the line to type.
    """
    if _can_make_environments():
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") is None:
        raise Unprepared(f"{sys.executable} lacks the module ensurepip; install {package} or another Python.")
    if not _is_root():
        raise Unprepared(f"this Python cannot make environments yet. Type:  sudo apt-get install {package}")
    print(f"Installing {package} …", flush=True)
    _apt_install([package])
    importlib.invalidate_caches()
    if not _can_make_environments():
        raise Unprepared(f"{sys.executable} still lacks the module ensurepip after installing {package}.")


def _can_make_environments() -> bool:
    return find_spec("ensurepip") is not None


# Programs of the system


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _apt_install(packages: Sequence[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        ran = subprocess.run(
            ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *words],
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if ran.returncode:
            print(ran.stdout[-2000:], file=sys.stderr)
            raise Unprepared(f"apt-get could not install {' '.join(packages)} (above: its last words).")


def missing_packages(wanted: Iterable[str], status: str) -> list[str]:
    """Return those of *wanted* that *status*, lines "package status", does not show as installed."""
    installed = {line.split()[0] for line in status.splitlines() if line.endswith(" installed")}
    return [name for name in wanted if name not in installed]


def _add_programs() -> None:
    """On Debian, install the programs the tests use, or say which are missing."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-query") is None:
        return
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\\n", *DEBIAN_PACKAGES]
    status = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
    missing = missing_packages(DEBIAN_PACKAGES, status)
    if not missing:
        return
    if not _is_root():
        print(f"Some tests will be skipped. To run them:  sudo apt-get install {' '.join(missing)}", flush=True)
        return
    print(f"Installing {', '.join(missing)} …", flush=True)
    _apt_install(missing)


# Texts


def stale_catalogues(folder: Path) -> list[Path]:
    """Return the catalogues (.po) under *folder* whose compiled form is missing or older."""
    found = []
    for catalogue in sorted(folder.glob("**/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            found.append(catalogue)
    return found


def _compile_texts() -> None:
    for catalogue in stale_catalogues(ROOT / "app"):
        compile_ = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile"]
        files = ["-i", str(catalogue), "-o", str(catalogue.with_suffix(".mo")), "-l", catalogue.parts[-3]]
        ran = subprocess.run(
            [*compile_, *files],
            env=environment(os.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if ran.returncode:
            print(ran.stdout[-2000:], file=sys.stderr)
            raise Unprepared(f"the texts in {catalogue.relative_to(ROOT)} could not be compiled.")


# Handing over


def command_inside(found: argparse.Namespace) -> list[str]:
    """Return the words after ``python`` that carry out the command."""
    if found.command == "chapeau":
        return ["-P", "-m", "app.cli", *found.words]  # -P: a folder app/ where the caller stands is not ours
    if found.command in ("demo", "run"):
        instance = (found.instance or ROOT / "instance").resolve()
        port = found.port or DEFAULT_PORT
        return ["-P", "-m", "app.cli", found.command, "--port", str(port), "--instance", str(instance)]
    if "--planted" in found.words:
        return ["-m", "tests.planted", *(word for word in found.words if word != "--planted")]
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in found.words)
    return ["-m", "pytest", *([] if chosen else WORKERS), *found.words]


def _hand_over(words: Sequence[str]) -> int:
    """Become the program inside the environment; where the system cannot, wait for it and return its status."""
    command = [str(PYTHON), *words]
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(command[0], command, environment(os.environ))
    return subprocess.run(command, env=environment(os.environ), check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Prepare what the command needs, then hand over; return the exit status where that returns."""
    found = read_arguments(arguments)
    testing = found.command == "test"
    if testing and "--planted" in found.words and not any(ROOT.glob("tests/planted*")):
        raise Unprepared("there are no planted faults to test with (tests/planted is missing).")
    prepare(TEST_LIST if testing else RUN_LIST)
    if testing:
        _add_programs()
        os.chdir(ROOT)
    _compile_texts()
    return _hand_over(command_inside(found))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Unprepared, OSError) as error:
        sys.exit(f"dev.py: {error}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
