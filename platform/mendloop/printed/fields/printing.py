"""A field with what holds for every type: label, help, when it is shown and required, its checks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mendloop.printed.blocks import Block, Line
from mendloop.printed.conditions import Sentence
from mendloop.printed.fields.evidence import parts, photo, safety_gate, scan, signature
from mendloop.printed.fields.measured import reading, table
from mendloop.printed.fields.simple import checklist, day, instruction, number, options, text, yes_or_no
from mendloop.printed.loose import Loose, objects
from mendloop.printed.loose import text as as_text
from mendloop.printed.speech import Speech

Printing = Callable[[Loose, Speech], Iterator[Block]]
BY_TYPE: Mapping[str, Printing] = {
    "instruction": instruction,
    "text": text,
    "long_text": text,
    "integer": number,
    "number": number,
    "boolean": yes_or_no,
    "choice": options,
    "multi_choice": options,
    "date": day,
    "datetime": day,
    "photo": photo,
    "checklist": checklist,
    "reading": reading,
    "safety_gate": safety_gate,
    "scan": scan,
    "parts": parts,
    "signature": signature,
    "table": table,
}


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold, what is said when it does not, and whether a reason is enough then."""

    that: Sentence
    message: str
    reason_is_enough: bool


@dataclass(frozen=True, slots=True)
class PrintedField:
    """A field of a step. `shown` and `required_if` are None where there is no condition."""

    type: str
    type_name: str
    label: str
    help: str
    required: bool
    internal: bool
    required_if: Sentence | None
    shown: Sentence | None
    computed: Sentence | None
    checks: tuple[Check, ...]
    blocks: tuple[Block, ...]

    @property
    def is_short(self) -> bool:
        """True when its first block is one line, which has room beside the label."""
        first = self.blocks[0] if self.blocks else None
        return isinstance(first, Line) and first.rows == 1 and not first.label


def print_fields(step: Loose, name: str, speech: Speech) -> tuple[PrintedField, ...]:
    """The fields of a step from top to bottom; what is never shown is not printed either."""
    return tuple(
        _print(field, name, speech) for field in objects(step.get("fields")) if field.get("visible") is not False
    )


def _print(field: Loose, step: str, speech: Speech) -> PrintedField:
    type_, said = as_text(field.get("type")), _Conditions(field, step, speech)
    computed = said.of("value")
    blocks = () if computed else tuple(BY_TYPE.get(type_, _unknown)(field, speech))
    return PrintedField(
        type=type_,
        type_name=speech.type_name(type_),
        label=speech.read(field.get("label")) or ("" if type_ == "instruction" else as_text(field.get("id"))),
        help=speech.read(field.get("help")),
        required=field.get("required") is True,
        internal=field.get("internal") is True,
        required_if=said.of("required"),
        shown=said.of("visible"),
        computed=computed,
        checks=tuple(said.checks()),
        blocks=blocks,
    )


@dataclass(frozen=True, slots=True)
class _Conditions:
    """The expressions of one field."""

    field: Loose
    step: str
    speech: Speech

    def of(self, name: str) -> Sentence | None:
        source = as_text(self.field.get(name))
        return self.speech.condition(self.step, source) if source else None

    def checks(self) -> Iterator[Check]:
        for check in objects(self.field.get("checks")):
            that = self.speech.condition(self.step, as_text(check.get("that")))
            yield Check(that, self.speech.read(check.get("message")), check.get("level") == "reason")


def _unknown(_field: Loose, _speech: Speech) -> Iterator[Block]:
    """A plugin's own type: room to write."""
    yield Line()
