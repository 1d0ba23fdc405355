"""People's names, for what they saved."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_person
from mendloop.problems import Missing


def name_of(session: Session, actor: Actor, person_id: str) -> str:
    """The name of a colleague, empty where nobody is known."""
    try:
        return access_person(session, actor, person_id).name
    except Missing:
        return ""
