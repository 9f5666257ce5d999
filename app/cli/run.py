"""``chapeau run``: the real thing, on this machine's own address."""

import os
from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click
import waitress
from flask import Flask
from flask.cli import ScriptInfo

from app import jobs
from app.config import Settings
from app.models import db, schema
from app.negotiation.actors import system
from app.services import invitations

PORT = 8765
THREADS = 8

port_option = click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Port.")
host_option = click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; plain http belongs on this machine."
)
instance_option = click.option(
    "--instance", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and the key."
)


@click.command("run")
@port_option
@host_option
@instance_option
@click.pass_obj
def run(script: ScriptInfo, port: int, host: str, instance: Path | None) -> None:
    """Bring the database up to date and serve; the first start prints a link for the first administrator."""
    _refuse_open_http(host)
    app = prepared(script, port=port, host=host, instance=instance)
    serve(app, port=port, host=host, tell=lambda: _tell_setup(app))


def _refuse_open_http(host: str) -> None:
    """Refuse to send passwords and drafts over a network as they are."""
    if not _is_here(host) and not os.environ.get("CHAPEAU_BASE_URL", "").startswith("https://"):
        raise click.ClickException(
            "plain http is for this machine alone: let a proxy serve https, and name its address in CHAPEAU_BASE_URL"
        )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def prepared(script: ScriptInfo, *, port: int, host: str, instance: Path | None) -> Flask:
    """Return the application on an instance whose database is up to date and is ours.

    Raises:
        SchemaDiffers: The database is not what the code expects.
    """
    if instance is not None:
        os.environ["CHAPEAU_INSTANCE"] = str(instance.resolve())
    os.environ.setdefault("CHAPEAU_BASE_URL", f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}")
    app = script.load_app()
    with app.app_context():
        schema.upgrade(db.engine)
        schema.check(db.engine)
    return app


def serve(app: Flask, *, port: int, host: str, tell: Callable[[], None]) -> None:
    """Listen, print the address and what *tell* tells, and answer until interrupted."""
    settings = app.config["SETTINGS"]
    server = waitress.create_server(app, host=host, port=port, **server_options(settings))
    click.echo(f"Chapeau answers at {settings.base_url}/")
    tell()
    click.echo("Stop it with Ctrl+C.")
    clock = jobs.start(app)
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo()
    finally:
        clock.set()
        server.close()


def server_options(settings: Settings) -> dict[str, Any]:
    """Return how the server is set up: of what a request says of itself only a named proxy is believed."""
    options: dict[str, Any] = {
        "threads": THREADS,
        "ident": "chapeau",
        "max_request_body_size": 2 * settings.upload_limit_bytes,
        "url_scheme": "https" if settings.secure else "http",
        "clear_untrusted_proxy_headers": True,
    }
    if settings.proxy:
        options |= {"trusted_proxy": settings.proxy, "trusted_proxy_headers": {"x-forwarded-for"}}
    return options


def _tell_setup(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    now: datetime = app.config["CLOCK"]()
    with app.app_context():
        link = invitations.offer_setup(days=settings.invitation_days, actor=system(), now=now)
    if link is not None:
        click.echo("There is no administrator yet. This link makes the first one, once:")
        click.echo(f"{settings.base_url}/links/{link.token}")
