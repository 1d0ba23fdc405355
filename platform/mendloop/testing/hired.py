"""People who begin to work for the demonstration's company, for tests that need more than its own."""

from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.accounts.models import Login
from mendloop.accounts.services import PersonDetails, add_person, find_actor
from mendloop.database import bind_organisation, open_database, open_session, write_transaction
from mendloop.testing.live import LiveServer


def hire(server: LiveServer, name: str, *roles: str, language: str = "en") -> None:
    """Somebody who signs in by the small letters of `name`, with the demonstration's password; once."""
    database = open_database(f"sqlite:///{server.data_folder / 'mendloop.db'}")
    try:
        with open_session(database) as session, write_transaction(session):
            owner = session.get_one(Login, "lin")
            bind_organisation(session, owner.organisation_id)
            found = find_actor(session, owner.organisation_id, owner.person_id)
            if found is None:
                raise LookupError("the demonstration has no owner")
            if session.get(Login, name.lower()) is None:
                add_person(
                    session, found[0], PersonDetails(name, name.lower(), language, roles, (), password=DEMO_PASSWORD)
                )
    finally:
        database.close()
