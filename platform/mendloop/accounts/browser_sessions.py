"""Where browsers' sessions are kept: found by the SHA-256 of the cookie's token, which is stored nowhere."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from mendloop.accounts.models import BrowserSession


@dataclass(frozen=True, slots=True)
class KeptSession:
    """What a session holds, and until when."""

    data: dict[str, Any]
    expires_at: dt.datetime


def find_session(session: Session, token: str, now: dt.datetime) -> KeptSession | None:
    """The session of this token, unless there is none or it has expired."""
    row = session.get(BrowserSession, _hash(token))
    if row is None or row.expires_at <= now:
        return None
    return KeptSession(dict(row.data), row.expires_at)


def keep_session(session: Session, token: str, owner: tuple[str | None, str | None], kept: KeptSession) -> None:
    """Store it under its token. `owner`: organisation and person, when somebody is signed in."""
    organisation_id, person_id = owner
    session.add(
        BrowserSession(
            token_hash=_hash(token),
            organisation_id=organisation_id,
            person_id=person_id,
            data=kept.data,
            expires_at=kept.expires_at,
        )
    )


def end_session(session: Session, token: str) -> bool:
    """Forget it. False when somebody else ended it before."""
    rows = session.execute(delete(BrowserSession).where(BrowserSession.token_hash == _hash(token)))
    return bool(rows.rowcount)  # type: ignore[attr-defined]


def drop_expired(session: Session, now: dt.datetime) -> None:
    """Forget all whose time is over."""
    session.execute(delete(BrowserSession).where(BrowserSession.expires_at <= now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
