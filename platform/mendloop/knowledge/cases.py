"""A case from its draft to its publication. Services take a session and an actor; the caller holds the transaction."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.knowledge.changes import CASE, note_change
from mendloop.knowledge.content import CaseContent
from mendloop.knowledge.edits import CaseEdits, check_complete, check_edits, edited
from mendloop.knowledge.models import Case, CaseVersion
from mendloop.knowledge.roles import CLOSED, is_published, may_edit, may_review
from mendloop.knowledge.rows import note_act, read_content, summarise, write_content
from mendloop.problems import Conflict, Forbidden, Missing, Problem, Refusal


def access_case(session: Session, actor: Actor, case_id: str) -> Case:
    """A case that the actor may read: published once, or theirs, or theirs to review. Else the same as none."""
    case = session.get(Case, (actor.organisation_id, case_id))
    if case is None or not (case.version > 0 or may_edit(actor, case)):
        raise Missing
    return case


def access_own(session: Session, actor: Actor, case_id: str) -> Case:
    """A case that the actor may change."""
    case = access_case(session, actor, case_id)
    if not may_edit(actor, case):
        raise Forbidden
    return case


def lock_case(session: Session, actor: Actor, case_id: str) -> Case:
    """The same, and nobody else changes it before this transaction ends."""
    access_case(session, actor, case_id)
    case = session.get(Case, (actor.organisation_id, case_id), with_for_update=True, populate_existing=True)
    if case is None:
        raise Missing
    return case


def content_of(case: Case) -> CaseContent:
    """What is written now, published or not."""
    return read_content(case.draft)


def published_content(session: Session, actor: Actor, case: Case, number: int | None = None) -> CaseContent:
    """What everybody reads; an older version by its number."""
    version = session.get(CaseVersion, (actor.organisation_id, case.id, number or case.version))
    if version is None:
        raise Missing
    return read_content(version.document)


def edit_case(session: Session, actor: Actor, case_id: str, revision: int, edits: CaseEdits) -> Case:
    """Write into the draft, if it is still the one that was read: `case.changed_meanwhile` else, nothing is lost."""
    case = _own(session, actor, case_id)
    _check_revision(case, revision)
    _check_open(case)
    check_edits(session, actor, edits)
    _write(session, case, edited(content_of(case), edits))
    if case.status == "published":
        case.status = "draft"
    return case


def submit_case(session: Session, actor: Actor, case_id: str, revision: int) -> Case:
    """Its writer is done: somebody should look at it."""
    case = _own(session, actor, case_id)
    _check_revision(case, revision)
    _check_open(case)
    check_complete(content_of(case))
    case.status = "review"
    note_act(session, actor, case, "submitted")
    return case


def publish_case(session: Session, actor: Actor, case_id: str, revision: int, note: str = "") -> Case:
    """Let everybody read what is written now, as the next version."""
    case = _to_review(session, actor, case_id)
    _check_revision(case, revision)
    _check_open(case)
    content = content_of(case)
    check_complete(content)
    publish_content(session, actor, case, content, "published", note)
    return case


def publish_content(session: Session, actor: Actor, case: Case, content: CaseContent, act: str, note: str) -> None:
    """Make the next version of a locked case."""
    case.version += 1
    case.status, case.published_at = "published", utc_now()
    _write(session, case, content)
    key = {"organisation_id": actor.organisation_id, "case_id": case.id, "number": case.version}
    session.add(CaseVersion(**key, document=case.draft, made_at=case.published_at, made_by=actor.person_id))
    summarise(case, content)
    note_act(session, actor, case, act, note)
    note_change(session, actor, CASE, case.id)


def send_back(session: Session, actor: Actor, case_id: str, note: str) -> Case:
    """The writer should do more about it, and is told what."""
    case = _to_review(session, actor, case_id)
    if not note.strip():
        raise Refusal(Problem("case.note_missing", at="/note"))
    if case.status != "review":
        raise Conflict(Problem("case.not_in_review"))
    case.status = "draft"
    note_act(session, actor, case, "sent_back", note)
    return case


def dismiss_case(session: Session, actor: Actor, case_id: str, note: str = "") -> Case:
    """There is nothing to learn from it. The draft is kept, and can be taken up again."""
    case = _own(session, actor, case_id)
    if case.version or case.status not in ("draft", "review"):
        raise Conflict(Problem("case.not_a_draft"))
    case.status = "dismissed"
    note_act(session, actor, case, "dismissed", note)
    return case


def take_up_again(session: Session, actor: Actor, case_id: str) -> Case:
    """There is something to learn from it after all."""
    case = _own(session, actor, case_id)
    if case.status != "dismissed":
        raise Conflict(Problem("case.not_dismissed"))
    case.status = "draft"
    note_act(session, actor, case, "taken_up")
    return case


def check_reviewer(actor: Actor) -> None:
    """Only who reviews may go on."""
    if not may_review(actor):
        raise Forbidden


def _own(session: Session, actor: Actor, case_id: str) -> Case:
    case = lock_case(session, actor, case_id)
    if not may_edit(actor, case):
        raise Forbidden
    return case


def _to_review(session: Session, actor: Actor, case_id: str) -> Case:
    check_reviewer(actor)
    return lock_case(session, actor, case_id)


def _check_revision(case: Case, revision: int) -> None:
    if case.revision != revision:
        raise Conflict(Problem("case.changed_meanwhile", params={"revision": case.revision}))


def _check_open(case: Case) -> None:
    if case.status in CLOSED or case.status == "dismissed":
        raise Conflict(Problem("case.closed"))


def _write(session: Session, case: Case, content: CaseContent) -> None:
    case.draft = write_content(content)
    case.revision += 1
    case.changed_at = utc_now()
    if not is_published(case):
        summarise(case, content)
    session.flush()
