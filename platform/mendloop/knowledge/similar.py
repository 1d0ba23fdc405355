"""Published cases that a new one may be the same as: the nearest by everything it says."""

from pathlib import Path

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.content import TEXTS, CaseContent
from mendloop.knowledge.indexing import search_knowledge
from mendloop.knowledge.listing import cases_by_id
from mendloop.knowledge.models import Case
from mendloop.knowledge.search.entries import Question

MOST = 4


def similar_cases(session: Session, actor: Actor, data_folder: Path, case: Case, content: CaseContent) -> list[Case]:
    """The most alike first, as far as they are of the same kind of product. None is the case itself."""
    said = [text for name in TEXTS for text in getattr(content, name).values()]
    question = Question(
        text="\n".join(said)[:1000],
        product=content.product,
        positions=content.positions,
        faults=content.faults,
        checks=tuple(sign.key for sign in content.path),
        parts=tuple(part.number for part in content.parts),
        template=content.template,
        kinds=("case",),
        without=(case.id,),
        limit=3 * MOST,
    )
    hits = [hit.entry_id for hit in search_knowledge(session, actor, data_folder, question)]
    cases = cases_by_id(session, actor, hits)
    kind = content.product.partition("/")[0]
    return [cases[each] for each in hits if each in cases and cases[each].product.partition("/")[0] == kind][:MOST]
