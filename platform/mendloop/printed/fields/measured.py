"""Readings, alone and in tables."""

from collections.abc import Iterator

from mendloop.printed.blocks import Block, Cell, Facts, Grid, Line, Paragraph
from mendloop.printed.fields.simple import span
from mendloop.printed.loose import Loose, as_object, is_number, number, objects, text
from mendloop.printed.speech import Speech

OPEN_ROWS, MOST_OPEN_ROWS = 3, 12
"""How many empty rows are printed where the work decides how many there are."""


def reading(field: Loose, speech: Speech) -> Iterator[Block]:
    """A line with its unit, what it should be, and what to do when it is not."""
    yield Line(unit=text(field.get("unit")))
    facts = tuple(_facts(field, speech))
    if facts:
        yield Facts(facts)
    if advice := speech.read(field.get("advice")):
        yield Paragraph(speech.say("advice", advice=advice))


def _facts(field: Loose, speech: Speech) -> Iterator[str]:
    unit = text(field.get("unit"))
    if is_number(field.get("norm")):
        yield speech.say("norm", value=f"{number(field['norm'])} {unit}".rstrip())
    low, high = _ends(field.get("tolerance"))
    if low or high:
        yield speech.say("tolerance", range=span(low, high, unit, speech))
    low, high = _ends(field.get("soft_limit"))
    if low or high:
        key = "soft.both" if low and high else "soft.least" if low else "soft.most"
        yield speech.say(key, low=low, high=high, unit=unit)
    if instrument := speech.read(field.get("instrument")):
        yield speech.say("instrument", name=instrument)


def _ends(value: object) -> tuple[str, str]:
    """Both ends of a range; one number alone is the upper one."""
    if isinstance(value, list) and len(value) == 2:
        return number(value[0]), number(value[1])
    return "", number(value)


def table(field: Loose, speech: Speech) -> Iterator[Block]:
    """Its fixed rows, or empty ones; under it what holds for its columns."""
    columns = list(objects(field.get("columns")))
    fixed = [Cell(speech.read(row.get("label")) or text(row.get("id"))) for row in objects(field.get("fixed"))]
    empty = tuple(Cell() for _ in columns)
    rows = tuple((row, *empty) for row in fixed) or (empty,) * _open_rows(field)
    head = tuple(_head(column, speech) for column in columns)
    yield Grid(speech.read(field.get("label")), ("", *head) if fixed else head, rows)
    for column in columns:
        yield from _notes(column, speech)


def _open_rows(field: Loose) -> int:
    least = as_object(field.get("rows")).get("min")
    return min(max(int(least) if is_number(least) else 0, OPEN_ROWS), MOST_OPEN_ROWS)


def _head(column: Loose, speech: Speech) -> str:
    label, unit = speech.read(column.get("label")) or text(column.get("id")), text(column.get("unit"))
    return speech.say("with_unit", label=label, unit=unit) if unit else label


def _notes(column: Loose, speech: Speech) -> Iterator[Block]:
    facts, advice = tuple(_facts(column, speech)), speech.read(column.get("advice"))
    label = speech.read(column.get("label")) or text(column.get("id"))
    if facts:
        yield Facts((label, *facts))
    if advice:
        yield Paragraph(speech.say("advice_on", label=label, advice=advice))
