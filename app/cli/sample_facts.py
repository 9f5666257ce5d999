"""``chapeau sample-facts``: what the sample holds, as counts."""

import click
from flask.cli import with_appcontext

from app.negotiation.errors import NotFound
from app.queries.sample_facts import list_facts


@click.command("sample-facts")
@with_appcontext
def sample_facts() -> None:
    """Print counts of the loaded sample, a line each: topic, name and count, separated by tabs."""
    try:
        facts = list_facts()
    except NotFound as error:
        raise click.ClickException("this instance holds no sample; chapeau demo loads it") from error
    for fact in facts:
        click.echo(f"{fact.topic}\t{fact.name}\t{fact.count}")
