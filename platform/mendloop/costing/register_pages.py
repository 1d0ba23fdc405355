"""What the pages of the registers show: a table, and how one line of it is said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop.costing import facts
from mendloop.costing.book import Settings
from mendloop.costing.facts import Fact
from mendloop.costing.money import plain_amount, write_amount
from mendloop.costing.reading import write_hours
from mendloop.words import catalogue, translate


@dataclass(frozen=True, slots=True)
class Teller:
    """Says facts in the reader's language and the organisation's currency."""

    settings: Settings
    people: Mapping[str, str]
    language: str

    def say(self, key: str, **values: object) -> str:
        """The words for a key."""
        return translate(self.language, key, **values)

    def money(self, minor: int) -> str:
        """An amount with its currency."""
        return f"{write_amount(minor, self.settings.exponent)} {self.settings.currency}"

    def percent(self, points: int) -> str:
        """Hundredths of a percent as people read them."""
        return f"{points / 100:g} %"

    def validity(self, data: Mapping[str, Any]) -> str:
        """From when to when."""
        key = "cost.valid_between" if data.get("until") else "cost.valid_from"
        return self.say(key, since=data["since"], until=data.get("until") or "")

    def cells(self, fact: Fact) -> list[str]:
        """The cells of its line, in the order of the headings."""
        return _CELLS[fact.kind](self, fact)


HEADINGS: Mapping[str, tuple[str, ...]] = {
    facts.RATE: ("cost.field.side", "cost.rate_for", "cost.field.per_hour", "cost.validity"),
    facts.PRICE: ("cost.field.part", "cost.field.customer", "cost.field.amount", "cost.validity"),
    facts.COVERAGE: ("cost.field.rule", "cost.field.kinds", "cost.covers_when", "cost.who_pays"),
    facts.DAY: ("cost.field.day", "cost.field.day_kind", "cost.field.day_name"),
}


def settings_data(settings: Settings) -> dict[str, Any]:
    """What the form of the settings is filled with."""
    named = {name: getattr(settings, name) for name in ("currency", "overtime", "rest_day", "holiday")}
    percents = ("overhead", "markup", "tax")
    return {
        **named,
        **{f"hours_{day}": write_hours(tuple(settings.hours.get(day, ()))) for day in range(7)},
        **{f"{name}_percent": f"{getattr(settings, f'{name}_points') / 100:g}" for name in percents},
        "waiting_minutes": str(settings.waiting_minutes),
        "overhead_fixed": plain_amount(settings.overhead_fixed, settings.exponent),
    }


def _rate(teller: Teller, fact: Fact) -> list[str]:
    data = fact.data
    named = [
        teller.people.get(data["person"], data["person"]),
        _skill(teller, data["skill"]),
        data["customer"],
        teller.say(f"cost.time.{data['kind']}") if data["kind"] else "",
    ]
    whom = " · ".join(text for text in named if text) or teller.say("cost.for_all")
    return [teller.say(f"cost.side.{data['side']}"), whom, teller.money(data["per_hour"]), teller.validity(data)]


def _skill(teller: Teller, skill: str) -> str:
    return catalogue(teller.language).get(f"work_role.{skill}", skill)


def _price(teller: Teller, fact: Fact) -> list[str]:
    data = fact.data
    whom = data["customer"] or teller.say("cost.for_all")
    return [data["part"], whom, teller.money(data["amount"]), teller.validity(data)]


def _coverage(teller: Teller, fact: Fact) -> list[str]:
    data = fact.data
    kinds = teller.say("cost.comma").join(teller.say(f"cost.charged.{kind}") for kind in data["kinds"])
    conditions = [
        teller.say("cost.when_warranty") if data["warranty"] else "",
        data["customer"],
        data["product"],
    ]
    when = " · ".join(text for text in conditions if text) or teller.say("cost.always")
    payer = teller.say(f"cost.payer.{data['payer']}")
    return [data["name"], kinds, when, f"{payer} {teller.percent(data['points'])}"]


def _day(teller: Teller, fact: Fact) -> list[str]:
    return [fact.key, teller.say(f"cost.day.{fact.data['kind']}"), fact.data["name"]]


_CELLS: Mapping[str, Callable[[Teller, Fact], list[str]]] = {
    facts.RATE: _rate,
    facts.PRICE: _price,
    facts.COVERAGE: _coverage,
    facts.DAY: _day,
}
