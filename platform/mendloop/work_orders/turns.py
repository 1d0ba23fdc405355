"""Whose turn an order is: what a person is at, what they may start, what else is theirs; the work of others last."""

from mendloop.accounts.actor import Actor
from mendloop.work_orders.shapes import ActiveOut, CardOut

RUNNING, PAUSED, STARTABLE, FREE, MINE, OTHERS = range(6)


def turn_of(card: CardOut, actor: Actor) -> int:
    """The lower, the sooner. The app on the phone counts the same turns (`order/urgency.ts`)."""
    own = {active.status for active in card.active if active.by == actor.person_id}
    if "running" in own:
        return RUNNING
    if "paused" in own:
        return PAUSED
    startable = any(_may_start(active, actor) for active in card.active)
    # What is a colleague's and not begun waits for the colleague; once begun, for whoever has the role of its step.
    if startable and (card.mine or card.progress.done > 0):
        return STARTABLE
    if startable and card.assigned_to is None:
        return FREE
    return MINE if card.mine else OTHERS


def _may_start(active: ActiveOut, actor: Actor) -> bool:
    """Ready, of a role that the actor has, and no step that only takes off locks of others."""
    own = not active.only_for or actor.person_id in active.only_for
    return active.status == "ready" and active.role in actor.work_roles and own
