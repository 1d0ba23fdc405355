"""Random fields of every type as a template writes them, and answers to them as a plan holds them."""

from collections.abc import Callable, Mapping
from typing import Any

from differential.chance import Chance
from differential.expressions import Expressions, Scope

Field = dict[str, Any]
Settings = Mapping[str, Any]

SIMPLE = ("text", "long_text", "integer", "number", "boolean", "choice", "multi_choice", "date", "datetime")
COLUMNS = (*SIMPLE, "reading")
ALL = (*SIMPLE, "instruction", "photo", "checklist", "reading", "safety_gate", "scan", "parts", "signature", "table")

OPTION_IDS = ("ok", "worn", "broken", "lost")


def words(text: str) -> dict[str, str]:
    return {"zh-CN": f"{text}（中）", "en": text}


def labelled(ids: list[str]) -> list[dict[str, Any]]:
    return [{"id": name, "label": words(name)} for name in ids]


class Fields:
    """Writes the settings of fields."""

    def __init__(self, chance: Chance, expressions: Expressions) -> None:
        self.chance = chance
        self.expressions = expressions

    def settings(self, kind: str) -> Field:
        """The type's own keys; a safety gate always locks points here."""
        writers: Mapping[str, Callable[[], Field]] = {
            "instruction": self._instruction, "text": self._text, "long_text": self._text, "integer": self._integer,
            "number": self._number,
            "boolean": dict, "choice": self._choice, "multi_choice": self._multi_choice, "date": self._date,
            "datetime": self._datetime,
            "photo": self._photo, "checklist": self._checklist, "reading": self._reading, "safety_gate": self._gate,
            "scan": self._scan,
            "parts": self._parts, "signature": self._signature, "table": self._table,
        }  # fmt: skip
        return writers[kind]()

    def _instruction(self) -> Field:
        found: Field = {"text": words("Read this"), "confirm": self.chance.maybe(0.6)}
        if self.chance.maybe(0.4):
            found["safety"] = [
                {"level": self.chance.pick(("info", "caution", "danger")), "text": words("Mind your hands")}
            ]
        return found

    def _text(self) -> Field:
        found: Field = {}
        if self.chance.maybe(0.4):
            found["max_length"] = self.chance.pick((1, 3, 20, 200))
        if self.chance.maybe(0.3):
            found["pattern"] = self.chance.pick(
                ("^[A-Z0-9-]+$", "P-[0-9]+", "^.{1,6}$", "(?i)ok|worn|x", "\\p{Han}+", "^\\S+$")
            )
        return found

    def _limits(self, low: Any, high: Any) -> Field:
        found: Field = {}
        if self.chance.maybe(0.4):
            found["min"] = low
        if self.chance.maybe(0.4):
            found["max"] = high
        return found

    def _integer(self) -> Field:
        return self._limits(self.chance.whole(-5, 2), self.chance.whole(3, 20))

    def _number(self) -> Field:
        found = self._limits(self.chance.pick((-2.5, 0, 0.1)), self.chance.pick((3, 7.25, 1e6)))
        if self.chance.maybe(0.3):
            found["decimals"] = self.chance.whole(0, 4)
        return found

    def _options(self) -> list[dict[str, Any]]:
        return labelled(self.chance.some(OPTION_IDS, 2))

    def _choice(self) -> Field:
        return {"options": self._options()}

    def _multi_choice(self) -> Field:
        options = self._options()
        found: Field = {"options": options}
        if self.chance.maybe(0.3):
            found["min"] = self.chance.whole(1, 2)
        if self.chance.maybe(0.3):
            found["max"] = max(found.get("min", 1), len(options) - 1)
        return found

    def _date(self) -> Field:
        return self._limits("2026-01-01", "2026-12-31")

    def _datetime(self) -> Field:
        return self._limits("2026-01-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z")

    def _photo(self) -> Field:
        shots = labelled(self.chance.some(("front", "back", "plate"), 1))
        for shot in shots:
            if self.chance.maybe(0.4):
                shot["min"] = self.chance.whole(0, 2)
            if self.chance.maybe(0.3):
                shot["max"] = self.chance.whole(2, 3)
        return {"shots": shots, "camera_only": self.chance.maybe(0.3)}

    def _checklist(self) -> Field:
        items = labelled(self.chance.some(("seal", "bolts", "guard"), 1))
        for item in items:
            if self.chance.maybe(0.3):
                item["allow_na"] = False
            if self.chance.maybe(0.5):
                item["not_ok"] = self._follow_up()
        return {"items": items}

    def _follow_up(self) -> Field:
        found: Field = {}
        if self.chance.maybe(0.6):
            found["note"] = True
        if self.chance.maybe(0.5):
            found["photo"] = self.chance.whole(1, 2)
        if self.chance.maybe(0.4):
            found["reading"] = {"unit": "mm"}
        return found

    def _reading(self) -> Field:
        found: Field = {"unit": "mm", "norm": 1.0, "tolerance": [0, 2.5]}
        if self.chance.maybe(0.5):
            found["soft_limit"] = self.chance.pick((3, 5.5, [-1, 4]))
        if self.chance.maybe(0.5):
            found["hard_limit"] = [-4, 10]
        if self.chance.maybe(0.3):
            found["decimals"] = self.chance.whole(0, 3)
        return found

    def _gate(self) -> Field:
        points: list[Any] = self.chance.some(("MCC-12", "valve V3", "breaker"), 1)
        if self.chance.maybe(0.3):
            points[0] = {"id": points[0], "label": words("labelled")}
        return {"points": points, "photo": self.chance.maybe(0.3), "second_person": self.chance.maybe(0.5)}

    def _scan(self) -> Field:
        found: Field = {"multiple": self.chance.maybe(0.4)}
        if self.chance.maybe(0.4):
            found["expect"] = "asset" if self.chance.maybe(0.6) else {"part": "SEAL-1"}
        return found

    def _parts(self) -> Field:
        lines = [
            {
                "part": part,
                "label": words(part),
                "quantity": self.chance.whole(1, 3),
                "unit": "pc",
                "required": self.chance.maybe(0.4),
            }
            for part in self.chance.some(("SEAL-1", "BRG-6205", "GASKET"), 1)
        ]
        if self.chance.maybe(0.3):
            lines.append({**lines[0], "position": "drive/de"})
        for line in lines:
            if self.chance.maybe(0.3):
                line["faults"] = self.chance.pick((["P-1*"], ["P-101", "X-*"], ["*"]))
            if self.chance.maybe(0.3):
                line["products"] = self.chance.pick((["pump/*"], ["pump/axial", "phone/*"], ["*"]))
            if self.chance.maybe(0.3):
                line["serial"] = True
        return {"lines": lines, "allow_other": self.chance.maybe(0.6)}

    def _signature(self) -> Field:
        return {"meaning": words("I did this"), "who": self.chance.pick(("worker", "customer"))}

    def _table(self) -> Field:
        columns: list[Field] = []
        scope = Scope()
        for name in self.chance.some(("c1", "c2", "c3"), 1):
            column = self._column(name, scope)
            columns.append(column)
            scope = scope.plus(
                {f"item.{name}{path}": simple for path, simple in simple_types(column["type"], column).items()}
            )
        found: Field = {"columns": columns}
        if self.chance.maybe(0.3):
            found["fixed"] = labelled(["row_a", "row_b"])
        elif self.chance.maybe(0.6):
            found["rows"] = {"min": self.chance.whole(0, 2), "max": self.chance.whole(2, 4)}
        return found

    def _column(self, name: str, scope: Scope) -> Field:
        """A column; its expressions read the columns before it."""
        kind = self.chance.pick(COLUMNS)
        column = {"id": name, "label": words(name), "type": kind, **self.settings(kind)}
        if self.chance.maybe(0.3):
            column["required"] = self.chance.maybe(0.5)
        if self.chance.maybe(0.15):
            column["visible"] = self.expressions.write("bool", scope, 1)
        return {**column, **self.computed(kind, scope, 0.2), **self.checks(scope, 0.15)}

    def computed(self, kind: str, scope: Scope, probability: float) -> Field:
        """Sometimes a value or a default."""
        simple = COMPUTED.get(kind)
        if simple is None or not self.chance.maybe(probability):
            return {}
        return {self.chance.pick(("value", "default")): self.expressions.write(simple, scope, 2)}

    def checks(self, scope: Scope, probability: float) -> Field:
        """Sometimes checks, most of which hold."""
        if not self.chance.maybe(probability):
            return {}
        return {"checks": [self._check(scope) for _ in range(self.chance.whole(1, 2))]}

    def _check(self, scope: Scope) -> Field:
        that = self.expressions.write("bool", scope, self.chance.whole(0, 2))
        if self.chance.maybe(0.6):
            that = f"({that}) || true"
        return {"that": that, "message": words("Not as it should be"), "level": self.chance.pick(("refuse", "reason"))}


COMPUTED = {
    "text": "string", "long_text": "string", "integer": "int", "number": "double", "boolean": "bool",
    "choice": "string",
    "multi_choice": "list(string)", "date": "timestamp", "datetime": "timestamp", "reading": "double",
}  # fmt: skip
"""The type that `value` and `default` must have."""


def simple_types(kind: str, settings: Settings) -> dict[str, str]:
    """What expressions may read of a field: path below its id ("" for the field itself) and simple type."""
    fixed = {
        "instruction": {"": "bool"}, "text": {"": "string"}, "long_text": {"": "string"}, "integer": {"": "int"},
        "number": {"": "double"},
        "boolean": {"": "bool"}, "choice": {"": "string"}, "multi_choice": {"": "list(string)"},
        "date": {"": "timestamp"},
        "datetime": {"": "timestamp"}, "reading": {".value": "double", ".in_tolerance": "bool", ".reason": "string"},
        "safety_gate": {".closed": "bool", ".removed": "bool"}, "scan": {".code": "string", ".codes": "list(string)"},
        "signature": {".name": "string"},
    }  # fmt: skip
    if kind == "photo":
        return {f".{shot['id']}": "list(string)" for shot in settings["shots"]}
    if kind == "checklist":
        return {
            f".{item['id']}.{part}": found
            for item in settings["items"]
            for part, found in (("result", "string"), ("note", "string"), ("reading", "double"))
        }
    return fixed.get(kind, {})
