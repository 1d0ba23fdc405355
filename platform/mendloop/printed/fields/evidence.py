"""What proves that work was done safely and well: locks, photos, codes, parts, signatures."""

from collections.abc import Iterator

from mendloop.printed.blocks import Block, Cell, Facts, Grid, Line, Ticks
from mendloop.printed.loose import Loose, as_object, is_number, number, objects, text, texts
from mendloop.printed.speech import Speech

EXTRA_PARTS = 2
"""Empty rows for parts that were not planned."""


def safety_gate(field: Loose, speech: Speech) -> Iterator[Block]:
    """A row for each lock, who set it and who saw it; or the locks that are taken off here."""
    removes = text(field.get("removes"))
    if removes:
        gate, name = _gate(removes, speech)
        yield Facts((speech.say("removes", gate=name), speech.say("own_lock")))
        columns = ("unlocked_by",)
        points = list(_points(gate, speech))
    else:
        columns = ("locked_by", *(("lock_photo",) if field.get("photo") is True else ()))
        points = list(_points(field, speech))
    rows = tuple(_lock(point, columns) for point in points)
    yield Grid(speech.read(field.get("label")), (speech.say("point"), *(speech.say(each) for each in columns)), rows)
    if field.get("second_person") is True:
        yield Line(speech.say("second_person"))


def _lock(point: str, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    return (Cell(point), *(Cell(box=each == "lock_photo") for each in columns))


def _gate(path: str, speech: Speech) -> tuple[Loose, str]:
    """The gate that `step.field` names, and what it is called."""
    step_name, _, field_name = path.partition(".")
    step = as_object(speech.nodes.get(step_name))
    gate = next((each for each in objects(step.get("fields")) if each.get("id") == field_name), None)
    if gate is None:
        return {}, path
    return gate, f"{speech.read(step.get('title')) or step_name} · {speech.read(gate.get('label')) or field_name}"


def _points(gate: Loose, speech: Speech) -> Iterator[str]:
    given = gate.get("points")
    for point in given if isinstance(given, list) else ():
        yield text(point) or speech.read(as_object(point).get("label")) or text(as_object(point).get("id"))


def photo(field: Loose, speech: Speech) -> Iterator[Block]:
    """A box for each shot, with how many and with what it is compared."""
    if field.get("camera_only") is True:
        yield Facts((speech.say("camera_only"),))
    yield Ticks(tuple(_shot(shot, speech) for shot in objects(field.get("shots"))))


def _shot(shot: Loose, speech: Speech) -> str:
    label = speech.read(shot.get("label")) or text(shot.get("id"))
    facts = [*_how_many(shot, speech)]
    if pair := text(shot.get("pair")):
        facts.append(speech.say("pair", what=_shot_name(pair, speech)))
    return speech.say("with_facts", label=label, facts=speech.say("list_comma").join(facts)) if facts else label


def _how_many(shot: Loose, speech: Speech) -> Iterator[str]:
    """How many photos are asked for, unless it is one: the ordinary case, for which the box is enough."""
    least, most = number(shot.get("min")) or "1", number(shot.get("max"))
    if not most:
        if least != "1":
            yield speech.say("shots_optional" if least == "0" else "shots_at_least", count=least)
    elif least == "0":
        yield speech.say("shots_at_most", count=most)
    elif (least, most) != ("1", "1"):
        yield speech.say("shots", count=least if least == most else f"{least}–{most}")


def _shot_name(path: str, speech: Speech) -> str:
    """What `step.field.shot` is called; a shot of this step as it is written."""
    step_name, _, rest = path.partition(".")
    field_name, _, shot_name = rest.partition(".")
    step = as_object(speech.nodes.get(step_name))
    fields = [each for each in objects(step.get("fields")) if each.get("id") == field_name]
    shots = [each for field in fields for each in objects(field.get("shots")) if each.get("id") == shot_name]
    if not shots:
        return path
    return f"{speech.read(step.get('title')) or step_name} · {speech.read(shots[0].get('label')) or shot_name}"


def scan(field: Loose, speech: Speech) -> Iterator[Block]:
    """A line for the code; and which one is expected."""
    yield Line(rows=2 if field.get("multiple") is True else 1)
    expected = field.get("expect")
    if expected == "asset":
        yield Facts((speech.say("expect_asset"),))
    elif part := text(as_object(expected).get("part")):
        yield Facts((speech.say("expect_part", part=part),))


def parts(field: Loose, speech: Speech) -> Iterator[Block]:
    """What is planned, and room for what became of it."""
    head = tuple(speech.say(f"parts.{each}") for each in ("part", "planned", "used", "returned", "serial"))
    rows = [_part(line, speech) for line in objects(field.get("lines"))]
    if field.get("allow_other") is not False:
        rows += [tuple(Cell() for _ in head)] * EXTRA_PARTS
    yield Grid(speech.read(field.get("label")), head, tuple(rows))


def _part(line: Loose, speech: Speech) -> tuple[Cell, ...]:
    name, key = speech.read(line.get("label")), text(line.get("part"))
    planned = number(line.get("quantity")) if is_number(line.get("quantity")) else "1"
    serial = Cell() if line.get("serial") is True else Cell("–")
    notes = [speech.say("parts.required")] if line.get("required") is True else []
    notes += [
        speech.say(f"parts.{each}", what=", ".join(found))
        for each in ("faults", "products")
        if (found := texts(line.get(each)))
    ]
    shown = " · ".join(filter(None, (name, key, text(line.get("position")))))
    note = speech.say("list_comma").join(notes)
    return (
        Cell(shown, note=note),
        Cell(f"{planned} {speech.unit(text(line.get('unit')))}".rstrip()),
        Cell(),
        Cell(),
        serial,
    )


def signature(field: Loose, speech: Speech) -> Iterator[Block]:
    """What it says, and who signs."""
    if meaning := speech.read(field.get("meaning")):
        yield Facts((meaning,))
    yield Line(speech.say("signed_by_customer" if field.get("who") == "customer" else "signed_by_worker"))
