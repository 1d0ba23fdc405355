"""Nothing crosses the border between organisations, whatever a query forgets."""

from collections.abc import Callable
from typing import Any
from typing import cast as cast_type

import psycopg
import pytest
from mendloop.accounts import services
from mendloop.accounts.models import Login, Organisation, Person
from mendloop.clock import utc_now
from mendloop.database import (
    ACROSS_ORGANISATIONS,
    Database,
    TenancyError,
    bind_organisation,
    open_session,
    session_for,
    write_transaction,
)
from mendloop.problems import Missing
from mendloop.testing.cast import Cast
from sqlalchemy import Table, delete, exists, func, insert, select, text, update
from sqlalchemy.orm import aliased

people = cast_type(Table, Person.__table__)
logins = cast_type(Table, Login.__table__)
Other = aliased(Person)
home = people.c.organisation_id


def own(cast: Cast) -> str:
    return cast.ada.organisation_id


FORGETFUL: dict[str, Callable[[Cast], Any]] = {
    "no filter": lambda cast: select(people),
    "one column": lambda cast: select(people.c.name),
    "a count": lambda cast: select(func.count()).select_from(people),
    "another organisation": lambda cast: select(people).where(home == cast.cy.organisation_id),
    "either or": lambda cast: select(people).where((home == own(cast)) | (people.c.name == "Cy")),
    "not": lambda cast: select(people).where(~(home == own(cast))),
    "several organisations": lambda cast: select(people).where(home.in_([own(cast), cast.cy.organisation_id])),
    "a subquery": lambda cast: select(Organisation).where(Organisation.id.in_(select(home))),
    "half of a union": lambda cast: select(people.c.name).where(home == own(cast)).union(select(people.c.name)),
    "a common table": lambda cast: select(select(people).cte()),
    "an alias": lambda cast: select(people).where(home == own(cast)).join(people.alias("other"), text("true")),
    "an exists": lambda cast: select(Organisation).where(exists(select(people.c.id).where(people.c.name == "Cy"))),
    "a lateral guess": lambda cast: select(people).join(logins, logins.c.person_id == people.c.id),
    "an outer join's own condition": lambda cast: select(people).outerjoin(
        logins, (logins.c.organisation_id == home) & (home == own(cast))
    ),
    "a correlated exists that says it of the outer table": lambda cast: select(people).where(
        ~exists(select(logins.c.person_id).where(logins.c.organisation_id == home, home == own(cast)))
    ),
    "an update": lambda cast: update(people).values(name="Gone"),
    "an update elsewhere": lambda cast: update(people).values(name="Gone").where(home == cast.cy.organisation_id),
    "a delete": lambda cast: delete(people),
    "an insert elsewhere": lambda cast: insert(people).values(
        organisation_id=cast.cy.organisation_id,
        id="1",
        name="Spy",
        language="en",
        roles=["owner"],
        template_roles=[],
        active=True,
        created_at=utc_now(),
    ),
    "written SQL": lambda cast: text("SELECT name FROM people"),
}


@pytest.mark.parametrize("name", FORGETFUL)
def test_a_statement_that_forgets_its_organisation_raises(database: Database, cast: Cast, name: str) -> None:
    statement = FORGETFUL[name](cast)
    with session_for(database, cast.ada) as session, pytest.raises(TenancyError), write_transaction(session):
        session.execute(statement)


def test_nothing_forgetful_changed_anything(database: Database, cast: Cast) -> None:
    for name in ("an update", "an update elsewhere", "a delete"):
        with session_for(database, cast.ada) as session, pytest.raises(TenancyError), write_transaction(session):
            session.execute(FORGETFUL[name](cast))
    with session_for(database, cast.cy) as session:
        assert services.access_person(session, cast.cy, cast.cy.person_id).name == "Cy"


CAREFUL: dict[str, Callable[[Cast], Any]] = {
    "a filter": lambda cast: select(people).where(home == own(cast)),
    "a filter and more": lambda cast: select(people).where(home == own(cast), people.c.name == "Ada"),
    "a join by both keys": lambda cast: (
        select(people)
        .join(logins, (logins.c.organisation_id == home) & (logins.c.person_id == people.c.id))
        .where(home == own(cast))
    ),
    "a join filtered on the other side": lambda cast: (
        select(people).join(logins, logins.c.organisation_id == home).where(logins.c.organisation_id == own(cast))
    ),
    "a subquery with its filter": lambda cast: select(Organisation).where(
        Organisation.id.in_(select(home).where(home == own(cast)))
    ),
    "an exists that follows the outer table": lambda cast: select(people).where(
        home == own(cast), exists(select(Other.id).where(Other.organisation_id == home, Other.name == "Bo"))
    ),
    "both halves of a union": lambda cast: (
        select(people.c.name).where(home == own(cast)).union(select(people.c.name).where(home == own(cast)))
    ),
    "an outer join filtered outside": lambda cast: (
        select(people).outerjoin(Other, (Other.organisation_id == home) & (Other.name == "Bo")).where(home == own(cast))
    ),
    "a common table with its filter": lambda cast: select(select(people).where(home == own(cast)).cte()),
}


@pytest.mark.parametrize("name", CAREFUL)
def test_a_statement_with_its_organisation_passes(database: Database, cast: Cast, name: str) -> None:
    with session_for(database, cast.ada) as session:
        assert session.execute(CAREFUL[name](cast)).all()


def test_the_orm_adds_the_filter_by_itself(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as session:
        assert {person.name for person in session.execute(select(Person)).scalars()} == {
            "Olive", "Sue", "Dee", "Ada", "Bo", "Ivy", "Stan", "Vera"
        }  # fmt: skip
        assert session.execute(select(func.count()).select_from(Person)).scalar() == 8
        assert len(session.execute(select(Other.name)).all()) == 8


def test_an_orm_update_stays_at_home(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as session, write_transaction(session):
        session.execute(update(Person).values(language="zh-CN"))
    with session_for(database, cast.cy) as session:
        assert services.access_person(session, cast.cy, cast.cy.person_id).language == "en"


def test_without_an_organisation_no_tenant_table_can_be_read(database: Database) -> None:
    with open_session(database) as session, pytest.raises(TenancyError):
        session.execute(select(Person))


def test_a_session_cannot_change_sides(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as session, pytest.raises(TenancyError):
        bind_organisation(session, cast.cy.organisation_id)


def test_a_connection_does_not_remember_the_last_organisation(database: Database, cast: Cast) -> None:
    for _ in range(3):
        with session_for(database, cast.ada) as session:
            session.execute(select(Person)).all()
        with open_session(database) as session, pytest.raises(TenancyError):
            session.execute(select(people).where(home == own(cast)))


def test_a_stated_reason_opens_the_border_for_one_statement(database: Database) -> None:
    with open_session(database) as session:
        options = {ACROSS_ORGANISATIONS: "counting people for the licence"}
        session.execute(select(Organisation.id)).all()
        count = session.execute(select(func.count()).select_from(people), execution_options=options).scalar()
    assert count in {0, 9}  # PostgreSQL's own row-level security still answers none


def test_somebody_elses_id_is_missing(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as session, pytest.raises(Missing):
        services.access_person(session, cast.ada, cast.cy.person_id)


@pytest.mark.postgresql
def test_postgresql_itself_keeps_organisations_apart(
    prepared_postgresql: tuple[str, Cast], postgresql_server: str
) -> None:
    name, cast = prepared_postgresql
    server = postgresql_server.replace("postgresql+psycopg://", "postgresql://").rpartition("/")[0]
    with psycopg.connect(f"{server}/{name}") as connection:
        connection.execute("CREATE ROLE visitor NOLOGIN")
        connection.execute("GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO visitor")
        connection.execute("SET LOCAL ROLE visitor")
        assert connection.execute("SELECT name FROM people").fetchall() == []
        connection.execute("SELECT set_config('mendloop.organisation', %s, true)", (cast.cy.organisation_id,))
        assert connection.execute("SELECT name FROM people").fetchall() == [("Cy",)]
        assert connection.execute("UPDATE people SET name = 'Cy B'").rowcount == 1
        connection.rollback()
