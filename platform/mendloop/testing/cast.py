"""The people who appear in every test."""

from dataclasses import dataclass

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import PersonDetails, actor_of, add_person, found_organisation
from mendloop.database import Database, open_session, write_transaction

PASSWORD = "a password of the cast"  # noqa: S105 - it opens nothing but tests


@dataclass(frozen=True, slots=True)
class Cast:
    """All work for Mill Lane Repairs but Cy, who belongs to another organisation and may see nothing of it."""

    olive: Actor
    """owner"""
    sue: Actor
    """supervisor"""
    dee: Actor
    """designer"""
    ada: Actor
    """engineer, who may repair"""
    bo: Actor
    """engineer, her colleague"""
    ivy: Actor
    """engineer, who may inspect too"""
    stan: Actor
    """storekeeper"""
    vera: Actor
    """viewer"""
    cy: Actor
    """everything, but in another organisation"""


def assemble_cast(database: Database) -> Cast:
    """Put the cast into an empty database."""
    with open_session(database) as session, write_transaction(session):
        _, owner = found_organisation(session, "Mill Lane Repairs", "en", _details("Olive", "owner"))
        olive = actor_of(owner)
        others = {
            name: actor_of(add_person(session, olive, _details(name.title(), *roles, work_roles=skills)))
            for name, (roles, skills) in COLLEAGUES.items()
        }
    return Cast(olive=olive, cy=_outsider(database), **others)


COLLEAGUES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sue": (("supervisor",), ()),
    "dee": (("designer",), ()),
    "ada": (("engineer",), ("engineer",)),
    "bo": (("engineer",), ("engineer",)),
    "ivy": (("engineer",), ("engineer", "inspector")),
    "stan": (("storekeeper",), ()),
    "vera": (("viewer",), ()),
}
EVERYTHING = ("owner", "designer", "supervisor", "engineer", "storekeeper", "viewer")


def _outsider(database: Database) -> Actor:
    details = _details("Cy", *EVERYTHING, work_roles=("engineer", "inspector"))
    with open_session(database) as session, write_transaction(session):
        _, person = found_organisation(session, "Elsewhere Ltd", "en", details)
        return actor_of(person)


def _details(name: str, *roles: str, work_roles: tuple[str, ...] = ()) -> PersonDetails:
    return PersonDetails(name, name.lower(), "en", roles, work_roles, password=PASSWORD)
