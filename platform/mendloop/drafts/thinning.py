"""Thinning: of drafts' revisions older than a month, one a day is kept, and all that somebody may look for."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.drafts.models import TemplateDraft, TemplateRevision
from mendloop.library.services import access_template, list_versions

ALL_FOR = dt.timedelta(days=30)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """What thinning looks at of a revision."""

    revision: int
    saved_at: dt.datetime
    is_marked: bool
    """It has a note, or was not simply saved."""


def templates_with_drafts(session: Session, actor: Actor) -> list[str]:
    """The ids of all templates of the organisation that have a draft."""
    query = select(TemplateDraft.template_id).where(TemplateDraft.organisation_id == actor.organisation_id)
    return list(session.execute(query.order_by(TemplateDraft.template_id)).scalars())


def thin_out(session: Session, actor: Actor, template_id: str, now: dt.datetime) -> int:
    """Take superfluous revisions of one draft away, and answer how many there were."""
    lines = _lines(session, actor, template_id)
    published = _published(session, actor, template_id)
    gone = [revision for revision in superfluous(lines, now) if revision not in published]
    for start in range(0, len(gone), AT_ONCE):
        session.execute(
            delete(TemplateRevision).where(
                TemplateRevision.organisation_id == actor.organisation_id,
                TemplateRevision.template_id == template_id,
                TemplateRevision.revision.in_(gone[start : start + AT_ONCE]),
            )
        )
    return len(gone)


def superfluous(lines: Sequence[Line], now: dt.datetime) -> Iterator[int]:
    """Of `lines`, oldest first, those that are old, unmarked, neither first nor newest, nor the last of a day."""
    for index, line in enumerate(lines):
        is_edge = index in {0, len(lines) - 1}
        if is_edge or line.is_marked or now - line.saved_at < ALL_FOR:
            continue
        if lines[index + 1].saved_at.date() == line.saved_at.date():
            yield line.revision


def _lines(session: Session, actor: Actor, template_id: str) -> list[Line]:
    query = (
        select(TemplateRevision.revision, TemplateRevision.saved_at, TemplateRevision.note, TemplateRevision.origin)
        .where(TemplateRevision.organisation_id == actor.organisation_id, TemplateRevision.template_id == template_id)
        .order_by(TemplateRevision.revision)
    )
    rows = session.execute(query)
    return [Line(row.revision, row.saved_at, bool(row.note) or row.origin != "saved") for row in rows]


def _published(session: Session, actor: Actor, template_id: str) -> set[int | None]:
    versions = list_versions(session, actor, access_template(session, actor, template_id))
    return {version.draft_revision for version in versions}
