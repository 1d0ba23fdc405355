"""What can be written into a case, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.content import TEXTS, CaseContent, Words
from mendloop.library.services import fault_code_by_code
from mendloop.problems import Problem, Refusal

LONGEST_TITLE, LONGEST_TEXT = 200, 8000
NEEDED = ("title", "symptom", "remedy")
KINDS_OF_CODES = (("faults", "problem"), ("cause_codes", "cause"), ("remedy_codes", "remedy"))


@dataclass(frozen=True, slots=True)
class CaseEdits:
    """What somebody writes into a case; texts by language: an empty one is taken away, one not named stays."""

    title: Mapping[str, str]
    symptom: Mapping[str, str]
    cause: Mapping[str, str]
    remedy: Mapping[str, str]
    faults: Sequence[str] | None = None
    cause_codes: Sequence[str] | None = None
    remedy_codes: Sequence[str] | None = None


def check_complete(content: CaseContent) -> None:
    """Somebody else can do something with it."""
    problems = [Problem(f"case.{name}_missing", at=f"/{name}") for name in NEEDED if not _said(getattr(content, name))]
    if problems:
        raise Refusal(problems)


def _said(text: Mapping[str, str]) -> bool:
    return any(each.strip() for each in text.values())


def check_edits(session: Session, actor: Actor, edits: CaseEdits) -> None:
    """Texts have an end, and codes are of the organisation's own tree."""
    longest = {"title": LONGEST_TITLE, **dict.fromkeys(TEXTS[1:], LONGEST_TEXT)}
    problems = [
        Problem("case.text_long", at=f"/{name}", params={"limit": limit})
        for name, limit in longest.items()
        if any(len(text) > limit for text in getattr(edits, name).values())
    ]
    for name, kind in KINDS_OF_CODES:
        for code in getattr(edits, name) or ():
            found = fault_code_by_code(session, actor, code)
            if found is None or found.kind != kind:
                problems.append(Problem("case.code_unknown", at=f"/{name}", params={"code": code[:60]}))
    if problems:
        raise Refusal(problems)


def edited(content: CaseContent, edits: CaseEdits) -> CaseContent:
    """The content with what was written into it."""
    return replace(
        content,
        title=_merged(content.title, edits.title),
        symptom=_merged(content.symptom, edits.symptom),
        cause=_merged(content.cause, edits.cause),
        remedy=_merged(content.remedy, edits.remedy),
        faults=_chosen(content.faults, edits.faults),
        cause_codes=_chosen(content.cause_codes, edits.cause_codes),
        remedy_codes=_chosen(content.remedy_codes, edits.remedy_codes),
    )


def _merged(before: Words, after: Words) -> dict[str, str]:
    both = {**before, **after}
    return {tongue: text.strip() for tongue, text in both.items() if text.strip()}


def _chosen(before: tuple[str, ...], after: Sequence[str] | None) -> tuple[str, ...]:
    return before if after is None else tuple(dict.fromkeys(after))
