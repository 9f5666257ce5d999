"""What a delegation asked for, so that a stranger can check the files that came out."""

import json

import click
from flask.cli import with_appcontext

from app.negotiation.errors import NotFound
from app.queries.wishes import find_round, wished_json


@click.command()
@click.argument("round_number", metavar="ROUND", type=int)
@click.option("--delegation", "code", required=True, help="Code of the delegation, such as BLR.")
@click.option("--body", help="Slug of the body, where several have such a round.")
@click.option("--json", "as_json", is_flag=True, help="Print every provision as it is spelled for hashing.")
@with_appcontext
def wishes(round_number: int, code: str, body: str | None, as_json: bool) -> None:
    """Print the text of each document of a round as one delegation wishes it."""
    try:
        found = wished_json(find_round(body, round_number), code)
    except NotFound as error:
        raise click.ClickException("There is no such round or delegation.") from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True))
        return
    for document in found["documents"]:
        click.echo(f"{document['document']} {document['version']} ({document['language']})")
        for provision in document["provisions"]:
            parts = [_words(content) for content in provision["parts"].values()]
            click.echo("  ".join(piece for piece in (provision["label"], " | ".join(parts)) if piece))


def _words(content: object) -> str:
    if isinstance(content, dict):
        return ", ".join(content["states"])
    assert isinstance(content, list)
    return "".join(run[0] for run in content)
