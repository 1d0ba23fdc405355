"""Settings, all from MENDLOOP_… environment variables, all with a default that works."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PHOTO_BYTES = 25_000_000
MAIL_PORTS = {"starttls": 587, "ssl": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes our mail. `security` is starttls, ssl or none; nobody signs in over a connection that anybody can read.

    The password is in no representation of it, and so in no log.
    """

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.security not in MAIL_PORTS:
            raise ValueError("MENDLOOP_SMTP_SECURITY is starttls, ssl or none")
        if self.user and self.security == "none":
            raise ValueError("MENDLOOP_SMTP_USER needs MENDLOOP_SMTP_SECURITY to be starttls or ssl")
        if "@" not in self.sender:
            raise ValueError("MENDLOOP_SMTP_FROM is the address that mail comes from")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "MailServer | None":
        """Read MENDLOOP_SMTP_HOST, _PORT, _SECURITY, _USER, _PASSWORD and _FROM; None where there is no host."""
        host = environment.get("MENDLOOP_SMTP_HOST", "").strip()
        if not host:
            return None
        security = environment.get("MENDLOOP_SMTP_SECURITY", "starttls").strip().lower()
        return cls(
            host=host,
            sender=environment.get("MENDLOOP_SMTP_FROM", "").strip(),
            port=int(environment.get("MENDLOOP_SMTP_PORT") or MAIL_PORTS.get(security, 0)),
            security=security,
            user=environment.get("MENDLOOP_SMTP_USER", ""),
            password=environment.get("MENDLOOP_SMTP_PASSWORD", ""),
        )


@dataclass(frozen=True, slots=True)
class Config:
    """What one installation decides. `behind_proxies` is how many proxies set X-Forwarded-* in front of us."""

    data_folder: Path
    database_url: str
    secret_key: str
    https: bool = False
    behind_proxies: int = 0
    testing: bool = False
    photo_bytes: int = PHOTO_BYTES
    """How large a photo may be. The engineer's app is told and makes its photos fit."""
    mail: MailServer | None = None
    public_url: str = ""
    """Where people open this installation, for links in messages; empty where nobody has said it."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """Read MENDLOOP_DATA, _DATABASE_URL, _SECRET_KEY, _HTTPS, _BEHIND_PROXIES, _PHOTO_BYTES, _PUBLIC_URL, _SMTP…"""
        data_folder = Path(environment.get("MENDLOOP_DATA", "var")).resolve()
        return cls(
            data_folder=data_folder,
            database_url=environment.get("MENDLOOP_DATABASE_URL", f"sqlite:///{data_folder / 'mendloop.db'}"),
            secret_key=environment.get("MENDLOOP_SECRET_KEY") or kept_secret(data_folder / "secret.key"),
            https=environment.get("MENDLOOP_HTTPS", "") == "1",
            behind_proxies=int(environment.get("MENDLOOP_BEHIND_PROXIES", "0")),
            photo_bytes=int(environment.get("MENDLOOP_PHOTO_BYTES", str(PHOTO_BYTES))),
            mail=MailServer.from_environment(environment),
            public_url=environment.get("MENDLOOP_PUBLIC_URL", "").rstrip("/"),
        )


def kept_secret(file: Path) -> str:
    """The secret in `file`; made on first use, readable by its owner only, the same for all who ask at once."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text(encoding="ascii")
