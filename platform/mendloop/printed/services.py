"""Which document is printed: the draft, or a version, for whoever may see the template."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.drafts import services as drafts
from mendloop.printed.loose import Loose, as_object
from mendloop.problems import Missing


@dataclass(frozen=True, slots=True)
class Edition:
    """What is printed, of when and by whom it is. `version` is None for a draft, `revision` for a version."""

    document: Loose
    at: dt.datetime
    by: str
    version: int | None = None
    revision: int | None = None
    note: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An edition, and what else there is of its template: the numbers of all versions, the newest first."""

    template_id: str
    edition: Edition
    archived: bool
    versions: tuple[int, ...]


def source_of(session: Session, actor: Actor, template_id: str, version: int | None) -> Source:
    """The version of that number, or, without one, the draft; `Missing` where there is none."""
    template = drafts.access_for(session, actor, template_id, "view")
    published = drafts.versions_of(session, actor, template_id)
    edition = _draft(session, actor, template_id) if version is None else _version(session, actor, published, version)
    return Source(template_id, edition, template.archived_at is not None, tuple(each.number for each in published))


def _draft(session: Session, actor: Actor, template_id: str) -> Edition:
    saved = drafts.open_draft(session, actor, template_id)
    by = drafts.name_of(session, actor, saved.saved_by)
    return Edition(as_object(json.loads(saved.document)), saved.saved_at, by, revision=saved.revision)


def _version(session: Session, actor: Actor, published: Iterable[drafts.TemplateVersion], number: int) -> Edition:
    found = next((each for each in published if each.number == number), None)
    if found is None:
        raise Missing
    return Edition(
        as_object(json.loads(found.document)),
        found.published_at,
        drafts.name_of(session, actor, found.published_by),
        version=found.number,
        note=found.note,
        content_hash=found.content_hash,
    )
