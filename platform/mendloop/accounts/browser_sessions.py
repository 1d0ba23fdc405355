"""Where browsers' sessions are kept: found by the SHA-256 of the cookie's token, which is stored nowhere."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from mendloop.accounts.models import BrowserSession

Owner = tuple[str, str]
"""Somebody's organisation and person id."""


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


def end_sessions_of(session: Session, owner: Owner, keeping: str | None = None) -> None:
    """Forget all sessions of a person; `keeping` is the token of one that stays."""
    gone = delete(BrowserSession).where(*_of(owner))
    session.execute(gone if keeping is None else gone.where(BrowserSession.token_hash != _hash(keeping)))


def count_sessions_of(session: Session, owner: Owner, now: dt.datetime) -> int:
    """In how many browsers a person is signed in."""
    counted = select(func.count()).select_from(BrowserSession).where(*_of(owner), BrowserSession.expires_at > now)
    return session.execute(counted).scalar_one()


def drop_expired(session: Session, now: dt.datetime) -> None:
    """Forget all whose time is over."""
    session.execute(delete(BrowserSession).where(BrowserSession.expires_at <= now))


def _of(owner: Owner) -> tuple[ColumnElement[bool], ...]:
    organisation_id, person_id = owner
    return BrowserSession.organisation_id == organisation_id, BrowserSession.person_id == person_id


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
