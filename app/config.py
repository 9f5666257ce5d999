"""Every setting, typed, with unit and default; read from the environment once, at start."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Settings:
    """The configuration of one installation.

    Attributes:
        instance: Folder of the embedded database and the secret key.
        database_url: SQLAlchemy URL; ``DATABASE_URL`` selects PostgreSQL.
        secret_key: Signs cookies; minted into the instance folder when not given.
        base_url: Public address of the installation, without a slash at the end; links in letters begin with it.
        mail_server: Host of the SMTP relay; empty: no mail is sent, letters wait in the outbox.
        mail_from: Sender of letters.
        upload_limit_bytes: Largest request body.
        idle_minutes: A session ends after so much silence.
        session_hours: A session ends so long after signing in, also without silence.
        invitation_days: How long an invitation holds.
        proxy: Address of the server in front, whose ``X-Forwarded-For`` says from where a request comes; empty:
            there is none. Behind one that is not named, whoever guesses a password shuts out its owner, too.
        secure: Whether the installation is served over https (cookies, HSTS).
    """

    instance: Path
    database_url: str
    secret_key: str
    base_url: str = "http://127.0.0.1:8080"
    mail_server: str = ""
    mail_from: str = "chapeau@localhost"
    upload_limit_bytes: int = 21 * 1024 * 1024
    idle_minutes: int = 12 * 60
    session_hours: int = 24
    invitation_days: int = 14
    proxy: str = ""
    secure: bool = field(default=False)

    @classmethod
    def from_environment(cls, instance: Path | None = None) -> "Settings":
        """Return the settings of the environment; makes the instance folder and its key where absent."""
        env = os.environ
        folder = (instance or Path(env.get("CHAPEAU_INSTANCE", ROOT / "instance"))).resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        base_url = env.get("CHAPEAU_BASE_URL", "http://127.0.0.1:8080").rstrip("/")
        return cls(
            instance=folder,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{_private(folder / 'chapeau.sqlite')}",
            secret_key=env.get("CHAPEAU_SECRET_KEY") or _minted_key(folder / "secret-key"),
            base_url=base_url,
            mail_server=env.get("CHAPEAU_MAIL_SERVER", ""),
            mail_from=env.get("CHAPEAU_MAIL_FROM", "chapeau@localhost"),
            idle_minutes=int(env.get("CHAPEAU_IDLE_MINUTES", 12 * 60)),
            session_hours=int(env.get("CHAPEAU_SESSION_HOURS", 24)),
            invitation_days=int(env.get("CHAPEAU_INVITATION_DAYS", 14)),
            proxy=env.get("CHAPEAU_PROXY", ""),
            secure=base_url.startswith("https://"),
        )


def _private(database: Path) -> Path:
    """Return the path of the embedded database, which its owner alone may read, whatever its folder allows.

    It is made empty where it is absent: the files that SQLite puts beside it get its mode.
    """
    if not database.exists():
        database.touch(mode=0o600)
    for path in (database, *(database.with_name(database.name + suffix) for suffix in ("-wal", "-shm"))):
        if path.exists() and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    return database


def _minted_key(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()
