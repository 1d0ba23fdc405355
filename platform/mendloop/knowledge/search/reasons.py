"""Why an entry is shown, said in facts; pages have the words."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from mendloop.knowledge.search.common import levels, nearest_position, shared, shared_parts
from mendloop.knowledge.search.entries import Question, Reason
from mendloop.knowledge.search.features import HAN, HAN_PAIR, MEANING, NUMBER, WORD, numbers
from mendloop.knowledge.search.folding import fold, is_han, runs
from mendloop.knowledge.search.lexicon import meanings
from mendloop.knowledge.search.records import Record

LIKELY = 0.9
"""From here on a cause is said to be what near cases had."""
MOST_WORDS = 6


def reasons_for(
    question: Question, record: Record, likely: Mapping[str, float], words: Sequence[str]
) -> Iterator[Reason]:
    """All there are, the telling ones first."""
    for kind, asked, has in (
        ("fault", question.faults, record.faults),
        ("check", question.checks, record.checks),
    ):
        yield from (Reason(kind, each) for each in shared(asked, has))  # type: ignore[arg-type]
    yield from (Reason("part", each) for each in shared_parts(question.parts, record.parts))
    yield from _of_places(question, record)
    if words:
        yield Reason("words", ",".join(words[:MOST_WORDS]))
    yield from _of_cause(record, likely)
    if question.template and question.template == record.template:
        yield Reason("template", record.template)
    yield from _of_outcome(record)


def _of_places(question: Question, record: Record) -> Iterator[Reason]:
    _, position = nearest_position(question.positions, record.positions)
    if position:
        yield Reason("position", position)
    both = [level for level in levels(question.product) if level in levels(record.product)]
    if both:
        yield Reason("product", both[-1])


def _of_cause(record: Record, likely: Mapping[str, float]) -> Iterator[Reason]:
    known = [cause for cause in record.causes if likely.get(cause, 0.0) >= LIKELY]
    if known and len(likely) > 1:
        yield Reason("cause", max(known, key=lambda cause: likely[cause]))


def _of_outcome(record: Record) -> Iterator[Reason]:
    told = record.helped + record.not_helped
    if told:
        kind = "helped" if record.helped >= record.not_helped else "not_helped"
        yield Reason(kind, f"{record.helped}/{told}")  # type: ignore[arg-type]


def words_in_common(text: str, has: Collection[str]) -> list[str]:
    """The words of the question that an entry has, in their order, and phrases for what it calls otherwise."""
    folded = fold(text)
    exact = [word for run in runs(folded) for word in (_han_in_common(run, has) if is_han(run) else _word(run, has))]
    exact += [number for number in numbers(folded) if NUMBER + number in has]
    alike = [phrase for thing, phrase in meanings(folded) if MEANING + thing in has]
    alike = [phrase for phrase in alike if not any(phrase in word or word in phrase for word in exact)]
    return list(dict.fromkeys([*exact, *alike]))


def _word(word: str, has: Collection[str]) -> list[str]:
    return [word] if WORD + word in has and (len(word) > 2 or word.isdigit()) else []


def _han_in_common(run: str, has: Collection[str]) -> list[str]:
    """The longest stretches whose pairs of characters all are there; a single character says too little."""
    if len(run) == 1:
        return [run] if HAN + run in has else []
    found, start = [], 0
    for at in range(len(run)):
        if HAN_PAIR + run[at : at + 2] not in has:
            if at > start:
                found.append(run[start : at + 1])
            start = at + 1
    return found
