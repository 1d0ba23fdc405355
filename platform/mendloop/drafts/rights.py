"""Who may do what with a template: by role, unless somebody was given another right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import DESIGNER, OWNER, SUPERVISOR, Actor
from mendloop.accounts.services import actor_of, list_people
from mendloop.drafts.models import TemplateRight
from mendloop.library.services import Template, access_template
from mendloop.problems import Problem, Refusal

NONE = "none"
RIGHTS = ("view", "edit", "publish", "own")
"""Each with all before it."""
LEVELS = (NONE, *RIGHTS)
BY_ROLE: Mapping[str, str] = {OWNER: "own", DESIGNER: "publish", SUPERVISOR: "view"}


class RightMissing(Refusal):
    """The person may see that the template is there, but not do this with it."""

    status = 403

    def __init__(self, needed: str) -> None:
        super().__init__(Problem(f"template.right_missing.{needed}"))


@dataclass(frozen=True, slots=True)
class PersonsRight:
    """A person's right to one template; `by_role` is what it would be, `is_fixed` when nobody can change it."""

    person_id: str
    name: str
    roles: tuple[str, ...]
    right: str
    by_role: str
    is_fixed: bool


def right_by_role(roles: Iterable[str]) -> str:
    """The highest right that one of the roles brings."""
    return max((BY_ROLE.get(role, NONE) for role in roles), key=LEVELS.index, default=NONE)


def right_of(session: Session, actor: Actor, template_id: str) -> str:
    """The actor's right to a template of their organisation."""
    if OWNER in actor.roles:
        return BY_ROLE[OWNER]
    return _given(session, actor, template_id).get(actor.person_id, right_by_role(actor.roles))


def rights_to_all(session: Session, actor: Actor) -> Mapping[str, str]:
    """What the actor was given, by template; `right_by_role` holds for the others."""
    if OWNER in actor.roles:
        return {}
    query = select(TemplateRight.template_id, TemplateRight.level).where(
        TemplateRight.organisation_id == actor.organisation_id, TemplateRight.person_id == actor.person_id
    )
    return {row.template_id: row.level for row in session.execute(query)}


def includes(right: str, needed: str) -> bool:
    """True when `right` lets somebody do what `needed` asks for."""
    return LEVELS.index(right) >= LEVELS.index(needed)


def included(right: str) -> list[str]:
    """All rights that come with this one."""
    return [each for each in RIGHTS if includes(right, each)]


def access_for(session: Session, actor: Actor, template_id: str, needed: str) -> Template:
    """The template, if the actor has the right to it; `Missing` for a stranger, `RightMissing` for a colleague."""
    template = access_template(session, actor, template_id)
    if not includes(right_of(session, actor, template_id), needed):
        raise RightMissing(needed)
    return template


def list_rights(session: Session, actor: Actor, template_id: str) -> list[PersonsRight]:
    """Everybody who works here now, by name."""
    access_for(session, actor, template_id, "view")
    return rights_of_everybody(session, actor, template_id)


def rights_of_everybody(session: Session, actor: Actor, template_id: str) -> list[PersonsRight]:
    """The same for who has just given their own right away."""
    given = _given(session, actor, template_id)
    people = [actor_of(line.person) for line in list_people(session, actor) if line.person.active]
    return [_describe(person, given) for person in people]


def change_rights(session: Session, actor: Actor, template_id: str, wanted: Mapping[str, str]) -> None:
    """Give each person of `wanted` their right. Owners of the organisation keep theirs: somebody can always open it."""
    access_for(session, actor, template_id, "own")
    people = {person.person_id: person for person in rights_of_everybody(session, actor, template_id)}
    problems = [problem for key, level in wanted.items() for problem in _faults(people.get(key), key, level)]
    if problems:
        raise Refusal(problems)
    for person_id, level in wanted.items():
        _give(session, actor, template_id, people[person_id], level)
    session.flush()


def give_own(session: Session, actor: Actor, template_id: str) -> None:
    """Who makes a template owns it, whatever their role."""
    if not includes(right_by_role(actor.roles), "own"):
        session.add(_row(actor, template_id, actor.person_id, "own"))
        session.flush()


def _faults(person: PersonsRight | None, key: str, level: str) -> list[Problem]:
    at = f"/people/{key}"
    if person is None:
        return [Problem("rights.person_unknown", at=at)]
    if level not in LEVELS:
        return [Problem("rights.level_unknown", at=at, params={"level": level[:40]})]
    if person.is_fixed and level != person.right:
        return [Problem("rights.owner_keeps", at=at, params={"name": person.name})]
    return []


def _give(session: Session, actor: Actor, template_id: str, person: PersonsRight, level: str) -> None:
    session.execute(
        delete(TemplateRight).where(
            TemplateRight.organisation_id == actor.organisation_id,
            TemplateRight.template_id == template_id,
            TemplateRight.person_id == person.person_id,
        )
    )
    if level != person.by_role:
        session.add(_row(actor, template_id, person.person_id, level))


def _row(actor: Actor, template_id: str, person_id: str, level: str) -> TemplateRight:
    return TemplateRight(
        organisation_id=actor.organisation_id, template_id=template_id, person_id=person_id, level=level
    )


def _given(session: Session, actor: Actor, template_id: str) -> dict[str, str]:
    query = select(TemplateRight.person_id, TemplateRight.level).where(
        TemplateRight.organisation_id == actor.organisation_id, TemplateRight.template_id == template_id
    )
    return {row.person_id: row.level for row in session.execute(query)}


def _describe(person: Actor, given: Mapping[str, str]) -> PersonsRight:
    by_role = right_by_role(person.roles)
    is_fixed = OWNER in person.roles
    right = by_role if is_fixed else given.get(person.person_id, by_role)
    return PersonsRight(person.person_id, person.name, tuple(sorted(person.roles)), right, by_role, is_fixed)
