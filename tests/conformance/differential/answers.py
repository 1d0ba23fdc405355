"""Answers a careful person would give to a plan's fields."""

from collections.abc import Callable, Mapping
from typing import Any

from differential.chance import Chance

Settings = Mapping[str, Any]


class Answers:
    """Writes answers that are usually right."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance

    def to(self, field: Mapping[str, Any], order: Mapping[str, Any]) -> Any:
        """An answer to a field of the plan."""
        kind, settings = field["type"], field["settings"]
        if kind == "scan":
            return self._scan(settings, order)
        writers: Mapping[str, Callable[[Settings], Any]] = {
            "instruction": lambda settings: True, "text": self._text, "long_text": self._text, "integer": self._integer,
            "number": self._number, "boolean": lambda settings: self.chance.maybe(0.5), "choice": self._choice,
            "multi_choice": self._multi_choice, "date": self._date, "datetime": self._datetime, "photo": self._photo,
            "checklist": self._checklist, "reading": self._reading, "safety_gate": lambda settings: None,
            "parts": self._parts,
            "signature": self._signature, "table": self._table,
        }  # fmt: skip
        return writers[kind](settings)

    def _text(self, settings: Settings) -> str:
        if settings.get("pattern"):
            return self.chance.pick(("OK", "P-12", "x", "X-1", "轴承"))
        longest = settings.get("max_length") or 200
        return self.chance.text() if self.chance.maybe(0.2) else self.chance.plain()[:longest]

    def _between(self, settings: Settings) -> tuple[float, float]:
        low, high = settings.get("min"), settings.get("max")
        return (-5 if low is None else low), (20 if high is None else high)

    def _integer(self, settings: Settings) -> int | float:
        low, high = self._between(settings)
        found = self.chance.whole(int(low), int(high))
        return float(found) if self.chance.maybe(0.2) else found

    def _number(self, settings: Settings) -> float:
        low, high = self._between(settings)
        return round(self.chance.random.uniform(low, min(high, 50)), self.chance.whole(0, 5))

    def _choice(self, settings: Settings) -> str:
        return str(self.chance.pick([option["id"] for option in settings["options"]]))

    def _multi_choice(self, settings: Settings) -> list[str]:
        return self.chance.some(
            [option["id"] for option in settings["options"]], (settings.get("min") or 1) - self.chance.maybe(0.2)
        )

    def _date(self, settings: Settings) -> str:
        del settings
        return self.chance.pick(("2026-11-22", "2026-02-28", "2026-07-01"))

    def _datetime(self, settings: Settings) -> str:
        del settings
        return self.chance.pick(("2026-11-22T09:30:00.000Z", "2026-03-01T00:00:00.001Z", "2026-12-31T23:59:59.999Z"))

    def _picture(self, settings: Settings) -> dict[str, Any]:
        careful = settings["camera_only"] and self.chance.maybe(0.95)
        source = "camera" if careful else self.chance.pick(("camera", "gallery"))
        return {"photo": self.chance.hash(), "source": source, "at": "2026-11-22T09:30:00.000Z"}

    def _photo(self, settings: Settings) -> dict[str, Any]:
        counts = {shot["id"]: self.chance.whole(shot["min"], shot["max"]) for shot in settings["shots"]}
        if self.chance.maybe(0.08):
            counts[self.chance.pick([*counts, "elsewhere"])] = self.chance.pick((0, 4))
        return {shot: [self._picture(settings) for _ in range(count)] for shot, count in counts.items()}

    def _checklist(self, settings: Settings) -> dict[str, Any]:
        found = {item["id"]: self._item(item) for item in settings["items"] if self.chance.maybe(0.97)}
        return {**found, "hose": {"result": "ok"}} if self.chance.maybe(0.03) else found

    def _item(self, item: Mapping[str, Any]) -> dict[str, Any]:
        result = self.chance.pick(("ok", "ok", "not_ok", "na") if item.get("allow_na", True) else ("ok", "not_ok"))
        if self.chance.maybe(0.03):
            result = "na"
        found: dict[str, Any] = {"result": result}
        if result == "not_ok":
            found |= {
                "note": self.chance.plain(),
                "photos": [self.chance.hash(), self.chance.hash()],
                "reading": self.chance.number(),
            }
            if self.chance.maybe(0.2):
                del found[self.chance.pick(("note", "photos", "reading"))]
        return found

    def _reading(self, settings: Settings) -> dict[str, Any]:
        del settings
        found: dict[str, Any] = {"value": self.chance.number()}
        if self.chance.maybe(0.6):
            found["reason"] = self.chance.plain()
        return found

    def _scan(self, settings: Settings, order: Mapping[str, Any]) -> list[dict[str, Any]]:
        expected = settings.get("expect")
        code = order.get("asset") if expected == "asset" else (expected or {}).get("part", "SN-77")
        if self.chance.maybe(0.1):
            code = self.chance.pick(("A-78", " A-77 ", "a-77", "SEAL-2", " "))
        several = self.chance.maybe(0.5 if settings.get("multiple") else 0.05)
        codes = [code, code if expected else "SN-78"] if several else [code]
        return [{"code": found, "format": "qr", "typed": self.chance.maybe(0.3)} for found in codes]

    def _parts(self, settings: Settings) -> list[dict[str, Any]]:
        found = [
            self._part(line["part"]) | ({"position": line["position"]} if line.get("position") else {})
            for line in settings["lines"]
            if self.chance.maybe(0.97)
        ]
        return (
            [*found, self._part("OTHER-9")]
            if (settings.get("allow_other") or self.chance.maybe(0.1)) and self.chance.maybe(0.3)
            else found
        )

    def _part(self, part: str) -> dict[str, Any]:
        found: dict[str, Any] = {
            "part": part,
            "quantity": self.chance.pick((1, 2, 0.5)),
            "action": self.chance.pick(("used", "removed", "returned", "recycled")),
        }
        if self.chance.maybe(0.3):
            found[self.chance.pick(("serial", "lot", "note", "position"))] = "S-1"
        return found

    def _signature(self, settings: Settings) -> dict[str, Any]:
        del settings
        return {"name": self.chance.pick(("Ada", "Bo", "张工", " Cy ", "Ada", "\u3000")), "image": self.chance.hash()}

    def _table(self, settings: Settings) -> list[dict[str, Any]]:
        fixed = settings.get("fixed")
        rows = settings.get("rows") or {}
        count = len(fixed) if fixed else self.chance.whole(max(1, rows.get("min") or 0), max(1, rows.get("max") or 3))
        return [{column["id"]: self.to(column, {}) for column in settings["columns"]} for _ in range(count)]
