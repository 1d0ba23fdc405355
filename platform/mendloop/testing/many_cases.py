"""Cases of a large organisation, as many as wanted: for how quick a search is, not for how good.

Words are as uneven as in any language: few are in most texts, most in few. Half of the texts are Chinese.
"""

import random
from collections.abc import Iterator, Sequence

from mendloop.knowledge.search.entries import Entry, Question

CAUSES, PRODUCTS, PARTS, CHECKS, POSITIONS = 300, 400, 5_000, 2_000, 1_500
_WORDS = 40_000
_SYLLABLES = [f"{consonant}{vowel}" for consonant in "bdfghklmnprstv" for vowel in "aeiou"]
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 2_500)]


class ManyCases:
    """The same seed makes the same cases."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - test data
        words = {self._word() for _ in range(2 * _WORDS)}
        self._words = sorted(words)[:_WORDS]
        self._chance.shuffle(self._words)
        self._pairs = ["".join(self._chance.choices(_HAN, k=2)) for _ in range(_WORDS // 4)]
        self._telling = [self._some(self._words, 8) + self._some(self._pairs, 8) for _ in range(CAUSES)]

    def entries(self, count: int) -> Iterator[Entry]:
        """Solved repairs."""
        return (self._entry(number) for number in range(count))

    def questions(self, count: int) -> Iterator[Question]:
        """What is asked at intake and at a check that failed: short and long texts, with and without the rest."""
        return (self._question(number) for number in range(count))

    def beginnings(self, count: int) -> Iterator[str]:
        """What somebody has typed so far."""
        for number in range(count):
            text = self._text(self._chance.randrange(CAUSES), 2)
            yield text if number % 3 == 0 else text[: self._chance.randint(1, len(text))]

    def _entry(self, number: int) -> Entry:
        cause = self._chance.randrange(CAUSES)
        return Entry(
            str(number),
            title=self._text(cause, 4),
            symptom=self._text(cause, self._chance.randint(5, 40)),
            cause=self._text(cause, 8),
            remedy=self._text(cause, 12),
            product=self._product(),
            positions=(self._position(),),
            faults=(f"F{cause // 4}",),
            cause_codes=(f"C{cause}",),
            checks=tuple(self._check() for _ in range(3)),
            parts=(self._part(),),
            template=f"template.{cause % 30}",
            helped=number % 4,
            not_helped=number % 3,
        )

    def _question(self, number: int) -> Question:
        cause = self._chance.randrange(CAUSES)
        text = self._text(cause, self._chance.choice((4, 10, 20, 60)))
        if number % 2:
            return Question(text, self._product(), faults=(f"F{cause // 4}",))
        checks = tuple(self._check() for _ in range(2))
        return Question(text, self._product(), (self._position(),), (f"F{cause // 4}",), checks, (self._part(),))

    def _text(self, cause: int, length: int) -> str:
        is_chinese = self._chance.random() < 0.5
        telling = self._telling[cause][8:] if is_chinese else self._telling[cause][:8]
        common = self._pairs if is_chinese else self._words
        some = [
            self._chance.choice(telling) if self._chance.random() < 0.3 else self._uneven(common) for _ in range(length)
        ]
        return ("" if is_chinese else " ").join(some)

    def _uneven(self, words: Sequence[str]) -> str:
        """The first ones far more often than the last."""
        return words[int(len(words) ** self._chance.random()) - 1]

    def _some(self, words: Sequence[str], count: int) -> list[str]:
        return self._chance.sample(words, count)

    def _word(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(1, 5)))

    def _product(self) -> str:
        model = self._chance.randrange(PRODUCTS)
        return f"trade-{model % 8}/family-{model % 40}/model-{model}"

    def _position(self) -> str:
        place = self._chance.randrange(POSITIONS)
        return f"unit-{place % 20}/group-{place % 150}/part-{place}"

    def _check(self) -> str:
        check = self._chance.randrange(CHECKS)
        return f"step-{check % 60}.field-{check}{'+-'[check % 2] if check % 3 else ''}"

    def _part(self) -> str:
        return f"P{self._chance.randrange(PARTS):05}-{'ABC'[self._chance.randrange(3)]}"
