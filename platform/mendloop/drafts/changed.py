"""Whether a draft means something else than what was published last: exactly when publishing it would make a version.

Numbers of revisions do not tell: what was undone or restored has new ones, and so has a node that was only moved."""

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from mendloop_engine.canonical import NotCanonical, canonical_hash
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.drafts.models import TemplateDraft, TemplateRevision
from mendloop.library.services import TemplateVersion

Pair = tuple[TemplateDraft, TemplateVersion]
MOST = 2000
_meanings: OrderedDict[str, str] = OrderedDict()
_guard = threading.Lock()


def changed_drafts(session: Session, actor: Actor, pairs: Iterable[Pair]) -> set[str]:
    """Of drafts with the versions published last, the ids of the templates whose draft is another document."""
    unsure = {draft.template_id: (draft, version) for draft, version in pairs if not _is_its_revision(draft, version)}
    meanings = _meanings_of(session, actor, [draft for draft, _ in unsure.values()])
    return {name for name, (draft, version) in unsure.items() if meanings[draft.content_hash] != version.content_hash}


def _is_its_revision(draft: TemplateDraft, version: TemplateVersion) -> bool:
    return draft.revision == (version.draft_revision or 1)


def _meanings_of(session: Session, actor: Actor, drafts: list[TemplateDraft]) -> dict[str, str]:
    """The documents' hashes as versions have them, by the hash of document and layout; each is made once."""
    with _guard:
        found = {draft.content_hash: known for draft in drafts if (known := _meanings.get(draft.content_hash))}
    found |= _read(session, actor, [draft for draft in drafts if draft.content_hash not in found])
    with _guard:
        for content_hash, meaning in found.items():
            _meanings[content_hash] = meaning
            _meanings.move_to_end(content_hash)
        while len(_meanings) > MOST:
            _meanings.popitem(last=False)
    return found


def _read(session: Session, actor: Actor, drafts: list[TemplateDraft]) -> Iterator[tuple[str, str]]:
    wanted = [(draft.template_id, draft.revision) for draft in drafts]
    query = select(TemplateRevision.content_hash, TemplateRevision.document).where(
        TemplateRevision.organisation_id == actor.organisation_id,
        tuple_(TemplateRevision.template_id, TemplateRevision.revision).in_(wanted),
    )
    for content_hash, document in session.execute(query) if wanted else ():
        yield content_hash, _meaning(document)


def _meaning(document: str) -> str:
    """What no version can be has no meaning that one could have."""
    try:
        return canonical_hash(json.loads(document))
    except NotCanonical:
        return ""
