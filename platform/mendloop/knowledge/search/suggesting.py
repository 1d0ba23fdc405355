"""What somebody who is still typing may be looking for."""

from collections.abc import Iterator, Sequence

from tantivy import Occur, Query

from mendloop.knowledge.search.entries import NO_SYNONYMS, Suggestion, Synonyms
from mendloop.knowledge.search.features import HAN, HAN_PAIR, NUMBER, SOUND, WORD
from mendloop.knowledge.search.marking import marks
from mendloop.knowledge.search.records import Records
from mendloop.knowledge.search.sounds import syllable
from mendloop.knowledge.search.typed import FUZZY_FROM, Piece, pieces, whole_number
from mendloop.knowledge.search.words import ALSO, LEAD, TEXT, Words

EXACT, BEGINS, NEARLY, SOUNDS, CALLED = 3.0, 2.0, 0.5, 0.7, 1.5
IN_LEAD, IN_REST = 2.0, 0.5
"""What is in the line that is shown counts more than what is only in the symptom, or only in cause, remedy and more."""


def suggest(words: Words, records: Records, text: str, limit: int, synonyms: Synonyms) -> list[Suggestion]:
    """Entries that have everything that was typed; where there are none, those that have most of it.

    Then single characters count too: one of two or three may be wrong.
    """
    typed = pieces(text, synonyms)
    if not typed:
        return []
    wanted = [_piece(words, piece) for piece in typed]
    found = words.numbered(_either(_all(wanted), *_number(words, whole_number(text))), limit)
    if not found:
        found = words.numbered(_any([*wanted, *_characters(words, typed)]), limit)
    there = records.by_number([number for number, _ in found])
    shown = [there[number] for number, _ in found if number in there]
    return [Suggestion(each.id, each.kind, each.line, marks(each.line, text, synonyms)) for each in shown]


def _piece(words: Words, piece: Piece) -> Query:
    one = {"word": _word, "han": _han, "number": _number_piece}[piece.kind](words, piece)
    called = [_boosted(_called(words, other), CALLED) for other in piece.otherwise]
    return _either(*one, *called)


def _word(words: Words, piece: Piece) -> Iterator[Query]:
    yield from _fields(words, WORD + piece.text, EXACT)
    if piece.is_last:
        yield from _beginning(words, WORD + piece.text, BEGINS)
    if len(piece.text) >= FUZZY_FROM:
        yield from _nearly(words, WORD + piece.text, is_prefix=piece.is_last)
    if any(each.isdigit() for each in piece.text):
        yield from _number(words, piece.text)


def _han(words: Words, piece: Piece) -> Iterator[Query]:
    """All pairs of characters but those that one wrong character spoils; a pair may also only sound so."""
    run = piece.text
    if len(run) == 1:
        yield from _fields(words, HAN + run, EXACT)
        return
    pairs = [_either(*_pair(words, run[at : at + 2])) for at in range(len(run) - 1)]
    yield Query.boolean_query([(Occur.Should, pair) for pair in pairs], max(1, len(pairs) - 2))


def _pair(words: Words, pair: str) -> Iterator[Query]:
    yield from _fields(words, HAN_PAIR + pair, EXACT)
    yield from _fields(words, SOUND + "'".join(syllable(each) for each in pair), SOUNDS)


def _characters(words: Words, typed: Sequence[Piece]) -> Iterator[Query]:
    for piece in typed:
        if piece.kind == "han" and len(piece.text) in (2, 3):
            each = [(Occur.Should, _either(*_fields(words, HAN + one, NEARLY))) for one in piece.text]
            yield Query.boolean_query(each, len(piece.text) - 1)


def _number_piece(words: Words, piece: Piece) -> Iterator[Query]:
    return _number(words, piece.text)


def _number(words: Words, number: str) -> Iterator[Query]:
    if number:
        yield from _beginning(words, NUMBER + number, EXACT)


def _called(words: Words, phrase: str) -> Query:
    return _all([_either(*_exactly(words, piece)) for piece in pieces(f"{phrase} ", NO_SYNONYMS)])


def _exactly(words: Words, piece: Piece) -> Iterator[Query]:
    if piece.kind == "word":
        return _fields(words, WORD + piece.text, EXACT)
    return _han(words, piece) if piece.kind == "han" else _number(words, piece.text)


def _fields(words: Words, feature: str, boost: float) -> Iterator[Query]:
    yield _boosted(Query.term_query(words.schema, LEAD, feature, "basic"), boost * IN_LEAD)
    yield _boosted(Query.term_query(words.schema, TEXT, feature, "freq"), boost)
    yield _boosted(Query.term_query(words.schema, ALSO, feature, "freq"), boost * IN_REST)


def _beginning(words: Words, feature: str, boost: float) -> Iterator[Query]:
    # features are letters and digits: nothing in them means anything to a pattern
    yield _boosted(Query.regex_query(words.schema, LEAD, f"{feature}.*"), boost * IN_LEAD)
    yield _boosted(Query.regex_query(words.schema, TEXT, f"{feature}.*"), boost)
    yield _boosted(Query.regex_query(words.schema, ALSO, f"{feature}.*"), boost * IN_REST)


def _nearly(words: Words, feature: str, *, is_prefix: bool) -> Iterator[Query]:
    for field, boost in ((LEAD, NEARLY * IN_LEAD), (TEXT, NEARLY), (ALSO, NEARLY * IN_REST)):
        yield _boosted(Query.fuzzy_term_query(words.schema, field, feature, 1, prefix=is_prefix), boost)


def _boosted(query: Query, boost: float) -> Query:
    return Query.boost_query(query, boost)


def _either(*queries: Query) -> Query:
    return Query.disjunction_max_query(list(queries), 0.1)


def _all(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
