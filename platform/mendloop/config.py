"""Settings, all from MENDLOOP_… environment variables, all with a default that works."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PHOTO_BYTES = 25_000_000


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

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """Read MENDLOOP_DATA, _DATABASE_URL, _SECRET_KEY, _HTTPS, _BEHIND_PROXIES and _PHOTO_BYTES."""
        data_folder = Path(environment.get("MENDLOOP_DATA", "var")).resolve()
        return cls(
            data_folder=data_folder,
            database_url=environment.get("MENDLOOP_DATABASE_URL", f"sqlite:///{data_folder / 'mendloop.db'}"),
            secret_key=environment.get("MENDLOOP_SECRET_KEY") or kept_secret(data_folder / "secret.key"),
            https=environment.get("MENDLOOP_HTTPS", "") == "1",
            behind_proxies=int(environment.get("MENDLOOP_BEHIND_PROXIES", "0")),
            photo_bytes=int(environment.get("MENDLOOP_PHOTO_BYTES", str(PHOTO_BYTES))),
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
