"""The people of the demonstration."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.demo_accounts import ACCOUNTS, DEMO_PASSWORD, DemoAccount
from mendloop.accounts.models import Organisation
from mendloop.accounts.services import PersonDetails, actor_of, add_person, found_organisation, list_people
from mendloop.database import bind_organisation

NAME = "Mendloop Demo 修程示范企业"


def gather_people(session: Session) -> Mapping[str, Actor]:
    """The demonstration's people by sign-in name, made when they are not there; the session works for them then."""
    organisation = session.execute(select(Organisation).where(Organisation.is_demo)).scalars().first()
    first, *others = ACCOUNTS
    if organisation is None:
        _, owner = found_organisation(session, NAME, "zh-CN", _details(first), is_demo=True)
        for account in others:
            add_person(session, actor_of(owner), _details(account))
        return _people(session, actor_of(owner))
    bind_organisation(session, organisation.id)
    anybody = Actor("", organisation.id, "", frozenset(), "zh-CN")
    return _people(session, anybody)


def _people(session: Session, actor: Actor) -> Mapping[str, Actor]:
    return {line.sign_in_name: actor_of(line.person) for line in list_people(session, actor)}


def _details(account: DemoAccount) -> PersonDetails:
    return PersonDetails(
        name=account.name,
        sign_in_name=account.sign_in_name,
        language=account.language,
        roles=account.roles,
        work_roles=account.work_roles,
        password=DEMO_PASSWORD,
    )
