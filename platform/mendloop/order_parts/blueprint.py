"""What the pages of orders' parts have in common: their blueprint, and how they name places, people and money."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.costing.money import write_amount
from mendloop.costing.services import book_of
from mendloop.edge.context import current_language
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import kind_of, owner_of
from mendloop.inventory.showing import TABS
from mendloop.problems import Refusal
from mendloop.words import translate, words_of

blueprint = Blueprint("order_parts", __name__, template_folder="pages")
Answer = Response | tuple[str, int]


def told(refusal: Refusal) -> list[str]:
    """What was refused, in words."""
    return [words_of(problem, current_language()) for problem in refusal.problems]


def around(session: Session, actor: Actor) -> dict[str, object]:
    """What every page here needs."""
    people = names_of_people(session, actor)
    tabs = [tab for tab in TABS if actor.has_any(tab.roles)]
    place = partial(place_name, people)
    return {"people": people, "stock_tabs": tabs, "amount": inventory.quantity_of, "place": place}


def place_name(people: dict[str, str], key: str) -> str:
    """`van:<person>` as people say it: the kind of the place, and whose or which it is."""
    owner = owner_of(key)
    kind = translate(current_language(), f"location.{kind_of(key)}")
    return f"{kind} {people.get(owner, owner)}" if owner else kind


def money_of(session: Session, actor: Actor) -> Callable[[int], str]:
    """How the organisation writes an amount."""
    settings = book_of(session, actor).settings
    return lambda minor: f"{write_amount(minor, settings.exponent)} {settings.currency}"
