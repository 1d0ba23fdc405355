"""Where in a line lies what somebody typed, for a page to mark it."""

from collections.abc import Iterator, Sequence

from mendloop.knowledge.search.entries import NO_SYNONYMS, Span, Synonyms
from mendloop.knowledge.search.features import squeezed
from mendloop.knowledge.search.folding import fold, is_han, numbers_in, placed_runs
from mendloop.knowledge.search.sounds import syllable
from mendloop.knowledge.search.typed import FUZZY_FROM, Piece, is_near, pieces, whole_number


def marks(line: str, text: str, synonyms: Synonyms = NO_SYNONYMS) -> tuple[Span, ...]:
    """The places to mark, in order, none inside another."""
    typed = pieces(text, synonyms)
    typed += [other for piece in typed for phrase in piece.otherwise for other in pieces(f"{phrase} ", NO_SYNONYMS)]
    return _joined(sorted({*_of_runs(line, typed), *_of_numbers(line, typed, whole_number(text))}))


def _of_runs(line: str, typed: Sequence[Piece]) -> Iterator[Span]:
    for start, run in placed_runs(line):
        folded = fold(run)
        for piece in typed:
            if piece.kind == "han" and is_han(folded) and len(folded) == len(run):
                yield from ((start + at, start + end) for at, end in _han(folded, piece.text))
            elif piece.kind == "word" and not is_han(folded):
                yield from ((start, start + length) for length in _word(folded, piece))


def _word(word: str, piece: Piece) -> Iterator[int]:
    """How much of the word to mark, from its beginning."""
    typed = piece.text
    if word == typed or (piece.is_last and word.startswith(typed)):
        yield len(typed)
    elif len(typed) >= FUZZY_FROM:
        if is_near(word, typed):
            yield len(word)
        elif piece.is_last and is_near(word[: len(typed)], typed):
            yield len(typed)


def _han(run: str, typed: str) -> Iterator[Span]:
    """Pairs that were typed, or sound like it; a single character only where no more was typed."""
    if len(typed) == 1:
        yield from ((at, at + 1) for at, character in enumerate(run) if character == typed)
        return
    sounds = {_sound(typed[at : at + 2]) for at in range(len(typed) - 1)}
    yield from ((at, at + 2) for at in range(len(run) - 1) if _sound(run[at : at + 2]) in sounds)


def _sound(pair: str) -> str:
    return "'".join(syllable(each) for each in pair)


def _of_numbers(line: str, typed: Sequence[Piece], whole: str) -> Iterator[Span]:
    wanted = {piece.text for piece in typed if piece.kind == "number"} | {whole} - {""}
    for start, number in numbers_in(line):
        if any(squeezed(number).startswith(each) for each in wanted):
            yield start, start + len(number)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
