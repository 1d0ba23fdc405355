"""Reading and saving drafts. A save names the revision it was made from; the second hears what the first saved."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.drafts.content import Content, content_of
from mendloop.drafts.models import TemplateDraft, TemplatePresence, TemplateRevision, TemplateRight
from mendloop.drafts.names import name_of
from mendloop.library.services import Template, TemplateVersion, newest_version
from mendloop.problems import Conflict, Missing, Problem

FIRST = 1


@dataclass(frozen=True, slots=True)
class Saved:
    """A revision that the server has."""

    revision: int
    saved_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """How a revision came to be: by a save from a browser session, by a restore, with a note."""

    kind: str = "saved"
    session: str = ""
    note: str = ""


class DraftChanged(Conflict):
    """Somebody else saved first. Carries both sides: what counts now, and what the refused save was made from."""

    def __init__(self, current: TemplateRevision, saved_by_name: str, base: TemplateRevision | None) -> None:
        super().__init__(Problem("draft.changed", params={"name": saved_by_name, "revision": current.revision}))
        self.current = current
        self.saved_by_name = saved_by_name
        self.base = base


def begin_draft(session: Session, actor: Actor, template_id: str, content: Content, origin: Origin) -> Saved:
    """The first revision of a template's draft."""
    saved = Saved(FIRST, utc_now())
    session.add(_draft_row(actor, template_id, content, saved))
    session.add(_revision_row(actor, template_id, content, saved, origin))
    session.flush()
    return saved


def ensure_draft(session: Session, actor: Actor, template: Template) -> TemplateDraft:
    """The draft; a template that was published without one gets its newest version as such."""
    found = find_draft(session, actor, template.id)
    if found is not None:
        return found
    version = newest_version(session, template)
    if version is None:
        raise Missing
    publisher = Actor(version.published_by, actor.organisation_id, "", frozenset(), actor.language)
    begin_draft(session, publisher, template.id, content_of_version(version), Origin("published"))
    return ensure_draft(session, actor, template)


def find_draft(session: Session, actor: Actor, template_id: str) -> TemplateDraft | None:
    """The draft's row, if it was begun."""
    return session.get(TemplateDraft, (actor.organisation_id, template_id))


def find_revision(session: Session, actor: Actor, template_id: str, revision: int) -> TemplateRevision | None:
    """A revision, if it is kept."""
    return session.get(TemplateRevision, (actor.organisation_id, template_id, revision))


def save_draft(
    session: Session, actor: Actor, template: Template, expected: int, content: Content, origin: Origin
) -> Saved:
    """Make `content` the revision after `expected`; raises `DraftChanged` when that is not the newest any more.

    What is saved already makes no other revision. A save that is repeated because its answer was lost is answered as
    the first time, however much others have saved since.
    """
    ensure_draft(session, actor, template)
    saved = Saved(expected + 1, utc_now())
    if _move_on(session, actor, template.id, content, saved):
        session.add(_revision_row(actor, template.id, content, saved, origin))
        session.flush()
        return saved
    return _answer_again(session, actor, template.id, expected, content, origin)


def _move_on(session: Session, actor: Actor, template_id: str, content: Content, saved: Saved) -> bool:
    """True for exactly one of several who save at the same time: the database compares and counts in one statement."""
    statement = (
        update(TemplateDraft)
        .where(
            TemplateDraft.organisation_id == actor.organisation_id,
            TemplateDraft.template_id == template_id,
            TemplateDraft.revision == saved.revision - 1,
            TemplateDraft.content_hash != content.hash,
        )
        .values(revision=saved.revision, saved_at=saved.saved_at, saved_by=actor.person_id, **_facts(content))
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _answer_again(
    session: Session, actor: Actor, template_id: str, expected: int, content: Content, origin: Origin
) -> Saved:
    current = current_revision(session, actor, template_id)
    if current.revision == expected and current.content_hash == content.hash:
        return Saved(current.revision, current.saved_at)
    earlier = find_revision(session, actor, template_id, expected + 1)
    if earlier is not None and _is_the_same(earlier, actor, content, origin):
        return Saved(earlier.revision, earlier.saved_at)
    raise conflict(session, actor, current, expected)


def _is_the_same(earlier: TemplateRevision, actor: Actor, content: Content, origin: Origin) -> bool:
    own = (earlier.saved_by, earlier.session) == (actor.person_id, origin.session)
    return own and earlier.content_hash == content.hash


def conflict(session: Session, actor: Actor, current: TemplateRevision, expected: int) -> DraftChanged:
    """What somebody is told whose save was made from an older revision, or from one that never was."""
    base = find_revision(session, actor, current.template_id, expected)
    return DraftChanged(current, name_of(session, actor, current.saved_by), base)


def current_revision(session: Session, actor: Actor, template_id: str) -> TemplateRevision:
    """The revision that counts, as the database has it now."""
    query = (
        select(TemplateRevision)
        .join(
            TemplateDraft,
            (TemplateDraft.organisation_id == TemplateRevision.organisation_id)
            & (TemplateDraft.template_id == TemplateRevision.template_id)
            & (TemplateDraft.revision == TemplateRevision.revision),
        )
        .where(TemplateRevision.organisation_id == actor.organisation_id, TemplateRevision.template_id == template_id)
    )
    found = session.execute(query).scalar_one_or_none()
    if found is None:
        raise Missing
    return found


def remove_draft(session: Session, actor: Actor, template_id: str) -> None:
    """Take away everything that belongs to a draft, revisions included."""
    for table in (TemplatePresence, TemplateRight, TemplateRevision, TemplateDraft):
        own = (table.organisation_id == actor.organisation_id, table.template_id == template_id)
        session.execute(delete(table).where(*own))


def content_of_version(version: TemplateVersion) -> Content:
    """A published version as something that can be saved."""
    return content_of(json.loads(version.document), json.loads(version.layout))


def _facts(content: Content) -> dict[str, Any]:
    return {
        "content_hash": content.hash,
        "title": content.title,
        "steps": len(content.steps),
        "standard_minutes": content.standard_minutes,
    }


def _draft_row(actor: Actor, template_id: str, content: Content, saved: Saved) -> TemplateDraft:
    return TemplateDraft(
        organisation_id=actor.organisation_id,
        template_id=template_id,
        revision=saved.revision,
        saved_at=saved.saved_at,
        saved_by=actor.person_id,
        **_facts(content),
    )


def _revision_row(actor: Actor, template_id: str, content: Content, saved: Saved, origin: Origin) -> TemplateRevision:
    return TemplateRevision(
        organisation_id=actor.organisation_id,
        template_id=template_id,
        revision=saved.revision,
        document=content.document_text,
        layout=content.layout_text,
        content_hash=content.hash,
        saved_at=saved.saved_at,
        saved_by=actor.person_id,
        session=origin.session,
        note=origin.note,
        origin=origin.kind,
    )
