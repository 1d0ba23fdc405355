"""Going back: an earlier version or revision becomes the draft, as a revision like any other."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from mendloop.accounts.actor import Actor
from mendloop.drafts.content import Content, content_of
from mendloop.drafts.models import TemplateRevision
from mendloop.drafts.rights import access_for
from mendloop.drafts.store import Origin, Saved, content_of_version, ensure_draft, find_revision, save_draft
from mendloop.library.services import TemplateVersion, access_version
from mendloop.problems import Missing

MOST = 200


def restore_version(
    session: Session, actor: Actor, template_id: str, version_id: str, expected: int | None = None
) -> Saved:
    """Make a published version the draft. With `expected` only when nobody saved since; nothing is lost either way."""
    template = access_for(session, actor, template_id, "edit")
    version = access_version(session, actor, version_id)
    if version.template_id != template_id:
        raise Missing
    before = ensure_draft(session, actor, template).revision if expected is None else expected
    origin = Origin("restored", note=f"v{version.number}")
    return save_draft(session, actor, template, before, content_of_version(version), origin)


def restore_revision(
    session: Session, actor: Actor, template_id: str, revision: int, expected: int | None = None
) -> Saved:
    """The same for an earlier revision of the draft, if it is still kept."""
    template = access_for(session, actor, template_id, "edit")
    ensured = ensure_draft(session, actor, template).revision
    earlier = read_revision(session, actor, template_id, revision)
    origin = Origin("restored", note=f"r{revision}")
    before = ensured if expected is None else expected
    return save_draft(session, actor, template, before, _content(earlier), origin)


def read_version(session: Session, actor: Actor, version_id: str) -> TemplateVersion:
    """A version, for whoever may see its template."""
    version = access_version(session, actor, version_id)
    access_for(session, actor, version.template_id, "view")
    return version


def read_revision(session: Session, actor: Actor, template_id: str, revision: int) -> TemplateRevision:
    """A revision of a draft, or `Missing`."""
    access_for(session, actor, template_id, "view")
    found = find_revision(session, actor, template_id, revision)
    if found is None:
        raise Missing
    return found


def list_revisions(
    session: Session, actor: Actor, template_id: str, before: int | None = None
) -> list[TemplateRevision]:
    """The newest revisions that are kept, newest first; with `before` those before it."""
    access_for(session, actor, template_id, "view")
    query = select(TemplateRevision).where(
        TemplateRevision.organisation_id == actor.organisation_id, TemplateRevision.template_id == template_id
    )
    if before is not None:
        query = query.where(TemplateRevision.revision < before)
    light = query.options(defer(TemplateRevision.document), defer(TemplateRevision.layout))
    return list(session.execute(light.order_by(TemplateRevision.revision.desc()).limit(MOST)).scalars())


def _content(revision: TemplateRevision) -> Content:
    return content_of(json.loads(revision.document), json.loads(revision.layout))
