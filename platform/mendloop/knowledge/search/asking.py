"""A question becomes what is looked for, and what is found becomes the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from math import log

from mendloop.knowledge.search.causes import leanings
from mendloop.knowledge.search.common import (
    by_turn,
    nearest_position,
    shared,
    shared_levels,
    shared_parts,
    worth,
)
from mendloop.knowledge.search.entries import Hit, Question, Synonyms
from mendloop.knowledge.search.features import HAN, LEARNED, NUMBER, PIECE, WORD, features, weight
from mendloop.knowledge.search.learning import Learning
from mendloop.knowledge.search.ranking import Ranked, Signals, likely_causes, nearness, order, votes
from mendloop.knowledge.search.reasons import reasons_for, words_in_common
from mendloop.knowledge.search.records import Record, Records
from mendloop.knowledge.search.synonyms import with_synonyms
from mendloop.knowledge.search.words import Wanted, Words

NEAREST = 100
"""Entries that are looked at closely, and say what the cause may be."""
FEW = 0.25
"""An entry that has so much of what was asked for is as good as one can be: nobody says it in the same words."""
ALSO = 0.25
"""What a word counts in the cause, the remedy or elsewhere, beside one in the symptom."""
MOST_FEATURES = 48
"""Of a question, those that are worth most; a long story has more than helps."""


class Asking:
    """One question to one index."""

    def __init__(self, question: Question, words: Words, records: Records, learning: Learning) -> None:
        self.question, self.words, self.records, self.learning = question, words, records, learning

    def answer(self, synonyms: Synonyms) -> list[Hit]:
        """The entries that may help, the best first."""
        text = with_synonyms(self.question.text, synonyms)
        asked = self._telling(features(text))
        enough = FEW * sum(asked.values()) or 1.0
        found = self._find(asked, enough)
        candidates = self._compared(found, enough)
        likely = self._likely(list(asked), candidates)
        ranked = order([ranked for ranked, _ in candidates], likely, self.question.limit)
        return self._explained(ranked, {record.number: record for _, record in candidates}, likely, text)

    def _telling(self, asked: Iterable[str]) -> dict[str, float]:
        """What each feature is worth: what its kind counts by how rare it is."""
        entries = self.words.searcher.num_docs
        there = self.words.entries_with(asked)
        worths = {each: weight(each) * rarity_in(count, entries) for each, count in there.items()}
        return dict(islice(sorted(worths.items(), key=lambda item: -item[1]), MOST_FEATURES))

    def _find(self, asked: dict[str, float], enough: float) -> list[tuple[int, float]]:
        """The nearest, each with what it has of the words and tags."""
        wanted = Wanted(
            text={each: weight(each) for each in asked},
            lead={NUMBER + each[1:]: weight(NUMBER) for each in asked if _is_number(each)},
            also={each: ALSO * weight(each) for each in asked if each[0] not in (PIECE, HAN)},
            tags={tag: value * enough for tag, value in worth(self.question).items()},
            any_of=[f"kind:{kind}" for kind in self.question.kinds],
        )
        return self.words.find(wanted, NEAREST + len(self.question.without))

    def _compared(self, found: Sequence[tuple[int, float]], enough: float) -> list[tuple[Ranked, Record]]:
        records = self.records.by_number([number for number, _ in found])
        there = [(records[number], total) for number, total in found if number in records]
        there = [(record, total) for record, total in there if record.id not in self.question.without]
        signals = {record.number: self._common(record) for record, _ in there}
        texts = {record.number: max(total - nearness(signals[record.number]) * enough, 0.0) for record, total in there}
        top = max([enough, *texts.values()])
        return [(_ranked(record, signals[record.number], texts[record.number] / top), record) for record, _ in there]

    def _common(self, record: Record) -> Signals:
        question = self.question
        return Signals(
            product=shared_levels(question.product, record.product),
            position=nearest_position(question.positions, record.positions)[0],
            faults=_part(shared(question.faults, record.faults), question.faults),
            checks=sum(value for check, value in by_turn(question.checks) if check in record.checks),
            parts=_part(shared_parts(question.parts, record.parts), question.parts),
            template=float(bool(question.template) and question.template == record.template),
            helped=record.helped,
            not_helped=record.not_helped,
        )

    def _likely(self, asked: Sequence[str], candidates: Sequence[tuple[Ranked, Record]]) -> dict[str, float]:
        voted = votes([(nearness(ranked.signals), ranked.causes) for ranked, _ in candidates])
        telling = [each for each in asked if each[0] in LEARNED]
        without = self.records.by_id(self.question.without)
        learned = self.learning.learned(telling, voted.keys(), self.words.searcher.num_docs, without)
        return likely_causes(voted, leanings(telling, learned, learned.causes.keys() & voted))

    def _explained(
        self, ranked: Sequence[tuple[Ranked, float]], records: dict[int, Record], likely: dict[str, float], text: str
    ) -> list[Hit]:
        has = self.records.features_of([one.number for one, _ in ranked])
        return [
            Hit(
                records[one.number].id,
                score,
                tuple(reasons_for(self.question, records[one.number], likely, words_in_common(text, has[one.number]))),
            )
            for one, score in ranked
        ]


def rarity_in(entries: int, of: int) -> float:
    """What tantivy (BM25) makes of how many entries have a feature; nothing where none has."""
    return log(1 + (of - entries + 0.5) / (entries + 0.5)) if 0 < entries <= of else 0.0


def _ranked(record: Record, signals: Signals, text: float) -> Ranked:
    """Where nobody said what it was, it is a cause of its own."""
    return Ranked(record.number, replace(signals, text=text), record.causes or (f"={record.id}",))


def _is_number(feature: str) -> bool:
    return feature[0] in (WORD, NUMBER) and any(each.isdigit() for each in feature)


def _part(common: Sequence[str], asked: Sequence[str]) -> float:
    return len(common) / len(asked) if asked else 0.0
