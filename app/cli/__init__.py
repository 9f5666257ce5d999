"""Commands: arguments in, one use case, lines out."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import SQLAlchemyError

from app.cli.consolidate import consolidate
from app.cli.demo import demo
from app.cli.invite import invite
from app.cli.redline import redline
from app.cli.run import run
from app.cli.sample_facts import sample_facts
from app.cli.verify import verify
from app.cli.wishes import wishes
from app.models.schema import SchemaDiffers
from app.negotiation.errors import Refused

WRONG = 2
"""Exit status of whatever could not be done."""

COMMANDS: tuple[click.Command, ...] = (run, demo, invite, verify, wishes, sample_facts, redline, consolidate)
"""Every command; a new one adds itself here. Commands that need the application use ``with_appcontext``."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
    context.obj = ScriptInfo(app_import_path="app:create_app", set_debug_flag=False)


for _command in COMMANDS:
    chapeau.add_command(_command)


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
    except (Refused, SchemaDiffers) as error:
        return _tell(str(error))
    except SQLAlchemyError as error:
        return _tell(f"the database says: {getattr(error, 'orig', None) or error}")
    except Exception as error:
        if os.environ.get("CHAPEAU_TRACEBACK"):
            raise
        return _tell(f"{type(error).__name__}: {error}" if not isinstance(error, OSError) else str(error))
    return answer if isinstance(answer, int) else 0


def _tell(message: str) -> int:
    print(f"chapeau: {' '.join(message.split())}", file=sys.stderr)
    return WRONG
