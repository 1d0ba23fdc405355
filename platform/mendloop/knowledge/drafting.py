"""From what a record says to the draft of a case: the three texts that matter, and everything around them. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mendloop_engine.plan import Plan

from mendloop.knowledge.content import CaseContent, PartUsed, PhotoPair, Sign, Words
from mendloop.knowledge.gleaning import CAUSE, SYMPTOM, Gleaned, Said
from mendloop.words import local

LONGEST_TITLE = 120
MOST_SENTENCES = 6
_CHINESE = re.compile("[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Closed:
    """An order that is over: `facts` are those it was opened with, `titles` what its fault codes are called."""

    facts: Mapping[str, Any]
    plan: Plan
    version: int
    ended_at: str
    titles: Mapping[str, Words]
    pairs: tuple[PhotoPair, ...]
    names: Mapping[str, Words]
    """Of parts, by their numbers."""
    cause_codes: tuple[str, ...] = ()
    remedy_codes: tuple[str, ...] = ()
    """Those of the organisation's tree that fields about causes and remedies name."""


def teaches_something(closed: Closed, gleaned: Gleaned) -> bool:
    """Whether a case can come of it: a fault was named, something was off, or a part was built in."""
    named = closed.facts.get("fault_codes") or str(closed.facts.get("fault_text") or "").strip()
    return bool(named) or not gleaned.teaches_nothing


def draft_of(closed: Closed, gleaned: Gleaned, language: str) -> CaseContent:
    """The case as far as the record knows it; `language` is the writer's where nobody wrote anything yet."""
    facts = closed.facts
    faults = tuple(facts.get("fault_codes") or ())
    tongue = language_of(str(facts.get("fault_text") or ""), language)
    sentences = Sentences(closed, gleaned, tongue)
    positions = dict.fromkeys(each for each in (facts.get("position") or "", *gleaned.positions) if each)
    return CaseContent(
        title={tongue: sentences.title()[:LONGEST_TITLE]},
        symptom={tongue: "\n".join(sentences.symptom())},
        cause={tongue: "\n".join(sentences.cause())},
        remedy={tongue: "\n".join(sentences.remedy())},
        product=str(facts["product"]),
        positions=tuple(positions),
        faults=faults,
        cause_codes=closed.cause_codes,
        remedy_codes=closed.remedy_codes,
        path=gleaned.path,
        steps=gleaned.steps,
        parts=tuple(_named(part, closed.names) for part in gleaned.parts),
        photos=closed.pairs,
        minutes=gleaned.minutes,
        template=closed.plan.key,
        template_title=closed.plan.title,
        template_version=closed.version,
        closed_at=closed.ended_at,
    )


def language_of(text: str, otherwise: str) -> str:
    """The language that somebody wrote in, by its letters."""
    if _CHINESE.search(text):
        return "zh-CN"
    return "en" if re.search("[A-Za-z]{3}", text) else otherwise


def _named(part: PartUsed, names: Mapping[str, Words]) -> PartUsed:
    return PartUsed(part.number, names.get(part.number) or part.name, part.milli, part.unit, part.position)


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a record offers for each of the three texts, in one language: the draft, and what can be taken over."""

    closed: Closed
    gleaned: Gleaned
    language: str

    def title(self) -> str:
        """What it is about: the faults' names, else what was said, else the process."""
        faults = self._listed(self._faults())
        said = str(self.closed.facts.get("fault_text") or "").strip().split("\n")[0]
        return faults or said or local(self.closed.plan.title, self.language)

    def symptom(self) -> list[str]:
        """What the customer said, else the faults' names; then what fields say that are called so."""
        said = str(self.closed.facts.get("fault_text") or "").strip()
        first = [said] if said else self._faults()
        return _few([*first, *self._answers(each for each in self.gleaned.said if each.speaks_of(SYMPTOM))])

    def cause(self) -> list[str]:
        """What fields say that are called so, and what was noted at failed checks; else the readings themselves."""
        named = [each for each in self.gleaned.said if each.speaks_of(CAUSE) and not each.speaks_of(SYMPTOM)]
        notes = [sign.note for sign in self.gleaned.path if sign.note]
        return _few([*self._answers(named), *notes]) or _few(self.signs())

    def remedy(self) -> list[str]:
        """The steps in which something was put right; then the parts that were built in."""
        return [each for each in (" → ".join(self.done()), self._listed(self.parts())) if each]

    def signs(self) -> list[str]:
        """Everything on the path that was off, with its limits."""
        return [told_sign(sign, self.language) for sign in self.gleaned.path]

    def done(self) -> list[str]:
        """The steps in which something was put right."""
        return [local(step.title, self.language) for step in self.gleaned.steps]

    def parts(self) -> list[str]:
        """The parts that were built in, with how many."""
        return [self._part(part) for part in self.gleaned.parts]

    def answers(self) -> list[str]:
        """All that was chosen or written."""
        return self._answers(self.gleaned.said)

    def _part(self, part: PartUsed) -> str:
        name = local(self.closed.names.get(part.number) or part.name, self.language)
        return f"{name or part.number} × {part.milli / 1000:.10g}"

    def _answers(self, said: Iterable[Said]) -> list[str]:
        colon = "：" if self.language == "zh-CN" else ": "
        return [f"{local(each.label, self.language)}{colon}{_text(each, self.language)}" for each in said]

    def _faults(self) -> list[str]:
        codes: Sequence[str] = self.closed.facts.get("fault_codes") or ()
        return [local(self.closed.titles.get(code), self.language) or code for code in codes]

    def _listed(self, texts: Iterable[str]) -> str:
        return ("、" if self.language == "zh-CN" else ", ").join(texts)


def told_sign(sign: Sign, language: str) -> str:
    """A reading with its limits, a check with its note."""
    label = local(sign.label, language)
    colon = "：" if language == "zh-CN" else ": "
    value = f"{sign.value} {sign.unit}".strip()
    limits = limits_told(sign)
    if limits:
        return f"{label} {value}（{limits}）" if language == "zh-CN" else f"{label} {value} ({limits})"
    return f"{label}{colon}{' '.join(filter(None, (value, sign.note)))}" if value or sign.note else label


def limits_told(sign: Sign) -> str:
    """`0–0.05`, `≤ 0.05`, `≥ 5`; nothing where there are none."""
    if sign.low and sign.high:
        return f"{sign.low}–{sign.high}"
    return f"≤ {sign.high}" if sign.high else f"≥ {sign.low}" if sign.low else ""


def _text(said: Said, language: str) -> str:
    return said.text[""] if "" in said.text else local(said.text, language)


def _few(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(_lines(texts)))[:MOST_SENTENCES]


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return (text.strip() for text in texts if text.strip())
