"""Where an order stands on the board: in which lane, and how far up."""

import datetime as dt

from mendloop.board.risks import at_moment, risks_of
from mendloop.board.settings import Limits
from mendloop.board.shapes import Around, Card, Facts, Risk
from mendloop.board.standing import PAUSED, RUNNING

NEW, WORK, WAITING, PARTS, CHECK, DONE = LANES = ("new", "work", "paused", "parts", "check", "done")
"""From left to right: not begun, at work, paused or between two steps, for want of parts, for somebody else, done."""
URGENCY = {"urgent": 0, "high": 1, "normal": 2, "low": 3}
LAST = "9"
FAR = 10**11


def card_of(facts: Facts, around: Around, limits: Limits, now: dt.datetime) -> Card:
    """The order as the board shows it at this moment."""
    if facts.ended_at is not None:
        return Card(facts, DONE, ())
    shown, until = at_moment(risks_of(facts, around, limits), now)
    return Card(facts, lane_of(facts, around), shown, until)


def lane_of(facts: Facts, around: Around) -> str:
    """Somebody at work comes before everything; then what keeps it from going on."""
    statuses = {each.status for each in facts.card.active}
    if facts.ended_at is not None:
        return DONE
    if RUNNING in statuses:
        return WORK
    if around.explanations or facts.elsewhere:
        return CHECK
    if around.lacking:
        return PARTS
    return WAITING if facts.begun or PAUSED in statuses else NEW


def rank_of(card: Card) -> str:
    """Sorts a lane: what is bad first, then other risks, by urgency and when it is due; done ones newest first.

    It says nothing of what changes all the time, so that a card keeps its place unless it has to leave it."""
    facts = card.facts
    if facts.ended_at is not None:
        return f"{FAR - int(facts.ended_at.timestamp())}{facts.card.number}"
    due = f"{facts.card.due:%Y%m%d%H%M}" if facts.card.due is not None else LAST
    return f"{_severity(card.risks)}{URGENCY.get(facts.card.priority, 2)}{due:<12}{facts.card.number}"


def _severity(risks: tuple[Risk, ...]) -> int:
    if any(risk.bad for risk in risks):
        return 0
    return 1 if any(risk.kind != "locks" for risk in risks) else 2
