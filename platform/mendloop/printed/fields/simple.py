"""What is read, written, ticked or chosen."""

import re
from collections.abc import Iterator

from mendloop.printed.blocks import Block, Cell, Facts, Grid, Line, Paragraph, Picture, Ticks, Warned
from mendloop.printed.loose import Loose, as_object, is_number, objects
from mendloop.printed.loose import number as as_number
from mendloop.printed.loose import text as as_text
from mendloop.printed.speech import Speech

LEVELS = ("info", "caution", "danger")
SHA256 = re.compile(r"[0-9a-f]{64}")
LONG_ROWS = 3


def instruction(field: Loose, speech: Speech) -> Iterator[Block]:
    """Its warnings first: nobody should read them after the act."""
    for note in objects(field.get("safety")):
        level = as_text(note.get("level"))
        level = level if level in LEVELS else "caution"
        yield Warned(level, speech.say(f"level.{level}"), speech.read(note.get("text")))
    yield Paragraph(speech.read(field.get("text")))
    for picture in objects(field.get("pictures")):
        if SHA256.fullmatch(as_text(picture.get("sha256"))):
            yield Picture(as_text(picture["sha256"]), speech.read(picture.get("alt")))
    if field.get("confirm") is True:
        yield Ticks((speech.say("confirmed"),))


def text(field: Loose, _speech: Speech) -> Iterator[Block]:
    """A line, or some."""
    yield Line(rows=LONG_ROWS if field.get("type") == "long_text" else 1)


def number(field: Loose, speech: Speech) -> Iterator[Block]:
    """A line with its unit and limits."""
    yield Line(unit=as_text(field.get("unit")))
    yield from limits(field, speech)


def day(field: Loose, speech: Speech) -> Iterator[Block]:
    """A line with the earliest and the latest."""
    yield Line()
    yield from limits(field, speech)


def limits(field: Loose, speech: Speech) -> Iterator[Facts]:
    """From where to where; nothing where all is open."""
    low, high = (_limit(field.get(name)) for name in ("min", "max"))
    if low or high:
        unit = as_text(field.get("unit"))
        yield Facts((speech.say("allowed", range=span(low, high, unit, speech)),))


def span(low: str, high: str, unit: str, speech: Speech) -> str:
    """“0 to 5 mm”, “at least 0 mm”, “at most 5 mm”."""
    key = "range.both" if low and high else "range.least" if low else "range.most"
    return speech.say(key, low=low, high=high, unit=unit).rstrip()


def _limit(value: object) -> str:
    return as_number(value) if is_number(value) else as_text(value)


def yes_or_no(_field: Loose, speech: Speech) -> Iterator[Block]:
    """Two boxes."""
    yield Ticks((speech.say("yes"), speech.say("no")), inline=True)


def options(field: Loose, speech: Speech) -> Iterator[Block]:
    """A box for each; and how many may be ticked."""
    labels = tuple(speech.read(each.get("label")) or as_text(each.get("id")) for each in objects(field.get("options")))
    if field.get("type") == "choice":
        yield Facts((speech.say("one_of"),))
    else:
        low, high = (as_number(field.get(name)) for name in ("min", "max"))
        most = (speech.say("several_between", range=span(low, high, "", speech)),) if low or high else ()
        yield Facts(most or (speech.say("several"),))
    yield Ticks(labels, inline=True)


def checklist(field: Loose, speech: Speech) -> Iterator[Block]:
    """A line for each item, with a box for each result, and what not OK demands."""
    head = ("", *(speech.say(f"result.{each}") for each in ("ok", "not_ok", "na")), speech.say("remarks"))
    rows = tuple(_item(item, speech) for item in objects(field.get("items")))
    yield Grid(speech.read(field.get("label")), head, rows)


def _item(item: Loose, speech: Speech) -> tuple[Cell, ...]:
    may_be_na = Cell(box=True) if item.get("allow_na") is not False else Cell("–")
    label = speech.read(item.get("label")) or as_text(item.get("id"))
    return (
        Cell(label, note=speech.say("list_comma").join(_demands(item, speech))),
        Cell(box=True),
        Cell(box=True),
        may_be_na,
        Cell(),
    )


def _demands(item: Loose, speech: Speech) -> Iterator[str]:
    demanded = as_object(item.get("not_ok"))
    said = []
    if demanded.get("note") is True:
        said.append(speech.say("demand.note"))
    if is_number(demanded.get("photo")) and demanded["photo"]:
        said.append(speech.say("demand.photo", count=demanded["photo"]))
    if unit := as_text(as_object(demanded.get("reading")).get("unit")):
        said.append(speech.say("demand.reading", unit=unit))
    if said:
        yield speech.say("demands", what=speech.say("list_comma").join(said))
