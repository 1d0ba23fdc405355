"""Work roles of an organisation: what its templates ask for and its people have."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import list_people
from mendloop.library.templates import roles_of_templates
from mendloop.words import LANGUAGES, catalogue

USUAL_WORK_ROLES = frozenset({"engineer", "inspector"})
"""What every organisation can give its people, also before a template asks for it."""


@dataclass(frozen=True, slots=True)
class WorkRole:
    """A role, what it is called, and how many of the people who work here now have it."""

    key: str
    title: Mapping[str, str]
    people: int


def work_roles(session: Session, actor: Actor) -> list[WorkRole]:
    """All roles that published templates ask for or somebody has, in the order of their keys."""
    asked = roles_of_templates(session, actor)
    held = Counter(
        role for line in list_people(session, actor) if line.person.active for role in line.person.template_roles
    )
    keys = USUAL_WORK_ROLES | asked.keys() | held.keys()
    return [WorkRole(key, title_of(key, asked.get(key)), held[key]) for key in sorted(keys)]


def title_of(key: str, title: Mapping[str, str] | None) -> dict[str, str]:
    """What a role is called: in our words, else as its template says; nothing where only its key is known."""
    ours = {tongue: words for tongue in LANGUAGES if (words := catalogue(tongue).get(f"work_role.{key}"))}
    return ours or dict(title or {})
