"""What the search is told and what it answers. Frozen facts: who calls it needs to know nothing else of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

EntryKind: TypeAlias = Literal["case", "article", "bulletin"]
ReasonKind: TypeAlias = Literal[
    "product", "position", "words", "fault", "check", "part", "template", "cause", "helped", "not_helped"
]
Span: TypeAlias = tuple[int, int]
"""Where something to be marked begins and ends in a text."""
Synonyms: TypeAlias = Mapping[str, Sequence[str]]
"""A word or phrase of an organisation, and what else it is called there. Any of them finds all of them."""
NO_SYNONYMS: Synonyms = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """A case, an article or a bulletin, as the search knows it. A text holds all its languages, one after the other.

    `product` is a path (`pump/centrifugal`), `positions` are addresses in the BOM (`pump/rotor/seal`). `checks` name
    what led to the cause: `step.field` or `step.field.item`, a reading with `+` or `-` behind it for above or below its
    tolerance. `cause_codes` say what it was in the end, `faults` what it looked like; where there are no causes, the
    faults stand for them.
    """

    id: str
    kind: EntryKind = "case"
    title: str = ""
    symptom: str = ""
    cause: str = ""
    remedy: str = ""
    more: str = ""
    product: str = ""
    positions: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    cause_codes: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    template: str = ""
    helped: int = 0
    not_helped: int = 0
    closed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is known of a repair that is not solved yet; whatever is empty counts for nothing.

    The first of `checks` counts most: the one that failed just now. `kinds` limits what is found (empty: everything).
    `without` names entries that are to be ignored altogether, such as the case that others like it are looked for: it
    is not found, and nothing is learned from it.
    """

    text: str = ""
    product: str = ""
    positions: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    template: str = ""
    kinds: tuple[EntryKind, ...] = ()
    limit: int = 5
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry is shown. `detail` holds what the words of a page need:

    product: the levels shared (`pump/centrifugal`); position: the shared address; words: those that matched, with
    commas; fault, check, part, template: what both have; cause: the code that most near cases share; helped and
    not_helped: `n/m`, n of m said that it helped.
    """

    kind: ReasonKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may help; more `score` is better, and says nothing outside its answer."""

    entry_id: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry for somebody who is still typing: the line to show, and where in it lies what he typed."""

    entry_id: str
    kind: EntryKind
    text: str
    marks: tuple[Span, ...] = ()


class Index(Protocol):
    """The search of one organisation. It is a projection: its folder may be deleted at any time and is made again.

    Any number of processes may have it open. Writing waits for its turn; what one process has written, the others find
    at their next question.
    """

    @property
    def seen(self) -> int:
        """The number of the last change it knows; 0 where it knows nothing, which is also how a broken one opens."""

    @property
    def size(self) -> int:
        """How many entries it has."""

    def put(self, entries: Iterable[Entry], seen: int | None = None) -> None:
        """Take them in, in place of those with the same ids; `seen`, the number of the change, in the same act."""

    def remove(self, ids: Iterable[str], seen: int | None = None) -> None:
        """Forget them; what is not there is forgotten already."""

    def search(self, question: Question, synonyms: Synonyms = NO_SYNONYMS) -> list[Hit]:
        """The entries that may help, the best first. Without anything known of the repair: none."""

    def suggest(self, text: str, limit: int = 8, synonyms: Synonyms = NO_SYNONYMS) -> list[Suggestion]:
        """What somebody who has typed so far may be looking for, the best first."""

    def close(self) -> None:
        """Let go of the files."""
