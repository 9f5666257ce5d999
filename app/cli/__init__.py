"""Commands: arguments in, one use case, lines out."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

WRONG = 2
"""Exit status of whatever could not be done."""

COMMANDS = {
    "run": ("app.cli.run:run", "Serve; the database is brought up to date first."),
    "demo": ("app.cli.demo:demo", "Serve the sample, with a sign-in link for each of its persons."),
    "invite": ("app.cli.invite:invite", "Print the link of an invitation."),
    "backup": ("app.cli.backup:backup", "Copy the database while it is in use."),
    "erase": ("app.cli.erase:erase", "Forget a person's name, address and password."),
    "verify": ("app.cli.verify:verify", "Check the record and every protected row."),
    "wishes": ("app.cli.wishes:wishes", "Print what one delegation asks for in a round."),
    "sample-facts": ("app.cli.sample_facts:sample_facts", "Count what the sample holds."),
    "extract": ("app.cli.extract:extract", "Say as JSON what is in a Word file."),
    "redline": ("app.cli.redline:redline", "Compare two Word files."),
    "consolidate": ("app.cli.consolidate:consolidate", "Make one draft of what delegations sent back in Word."),
}
"""Every command: where it is, and what it does in a line; a new one adds itself here.

Commands that need the application use ``with_appcontext``; those of the Word engine load neither the web nor the
database.
"""

WITHOUT_APPLICATION = frozenset({"extract", "redline", "consolidate"})
"""Commands of the Word engine: they work without a database and start quickly."""


class _Commands(click.Group):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module, _, name = COMMANDS.get(cmd_name, ("", ""))[0].partition(":")
        found: click.Command | None = getattr(import_module(module), name) if module else None
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--instance",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the database and the key (default: CHAPEAU_INSTANCE, else instance/).",
)
@click.pass_context
def chapeau(context: click.Context, instance: Path | None) -> None:
    """Chapeau, the drafting room of an expert group."""
    if instance is not None:
        os.environ["CHAPEAU_INSTANCE"] = str(instance.resolve())
    if context.invoked_subcommand not in WITHOUT_APPLICATION:
        from flask.cli import ScriptInfo

        context.obj = ScriptInfo(app_import_path="app:create_app", set_debug_flag=False)
        return
    # One short run over many small things, none of them in a circle: looking for circles took a fifth of the time.
    gc.disable()
    context.call_on_close(gc.enable)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command and return its exit status; what cannot be done is told in one line."""
    try:
        answer = chapeau.main(args=arguments, prog_name="chapeau", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return WRONG
    except click.ClickException as error:
        return _tell(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        return _tell("interrupted")
    except Exception as error:
        if os.environ.get("CHAPEAU_TRACEBACK"):
            raise
        return _tell(_said(error))
    return answer if isinstance(answer, int) else 0


def _said(error: Exception) -> str:
    """Return what an error says; the modules that define refusals are loaded only where one was raised."""
    if isinstance(error, OSError):
        return str(error)
    if "app.models" in sys.modules:
        from sqlalchemy.exc import SQLAlchemyError

        from app.models.schema import SchemaDiffers
        from app.negotiation.errors import Refused

        if isinstance(error, Refused | SchemaDiffers):
            return str(error)
        if isinstance(error, SQLAlchemyError):
            return f"the database says: {getattr(error, 'orig', None) or error}"
    return f"{type(error).__name__}: {error}"


def _tell(message: str) -> int:
    print(f"chapeau: {' '.join(message.split())}", file=sys.stderr)
    return WRONG
