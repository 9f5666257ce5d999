"""Catalogues of the interface's texts: compiled where the source is newer, as before a start from a checkout."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parent.parent / "translations"


def compile_stale(folder: Path = TRANSLATIONS) -> tuple[Path, ...]:
    """Compile each catalogue whose compiled form is missing or older, and return those.

    A compiled file appears whole: whoever reads at the same moment sees the old one.
    """
    done = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with NamedTemporaryFile(dir=compiled.parent, suffix=".mo", delete=False) as fresh:
            write_mo(fresh, catalogue)
        Path(fresh.name).replace(compiled)
        done.append(source)
    return tuple(done)
