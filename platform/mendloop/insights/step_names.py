"""What steps are called, by template and step, as the newest version of each template has them."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.services import list_templates, load_plan
from mendloop.words import local


def step_names(session: Session, actor: Actor, language: str) -> dict[tuple[str, str], str]:
    """By the template's key and the step's id."""
    named = {}
    for found in list_templates(session, actor, archived=True):
        plan = load_plan(session, actor, found.version.plan_hash)
        for node in plan.nodes.values():
            if node.kind == "step":
                named[plan.key, node.id] = local(node.title, language)
    return named
