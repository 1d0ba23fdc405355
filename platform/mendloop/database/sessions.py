"""Sessions that know which organisation they work for."""

from typing import Protocol

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, with_loader_criteria

from mendloop.database.base import TenantBase
from mendloop.database.engine import WRITING, Database, HostSession
from mendloop.database.tenancy import ORGANISATION, TenancyError


class BelongsToOrganisation(Protocol):
    @property
    def organisation_id(self) -> str: ...


def open_session(database: Database) -> Session:
    """A session without an organisation: it may touch only tables that no organisation owns, until one is bound."""
    session = database.sessions()
    session.info["database"] = database
    return session


def session_for(database: Database, actor: BelongsToOrganisation) -> Session:
    """A session whose ORM reads see the actor's organisation only."""
    session = open_session(database)
    bind_organisation(session, actor.organisation_id)
    return session


def bind_organisation(session: Session, organisation_id: str) -> None:
    """From here on the session works for this organisation, and for no other."""
    bound = session.info.setdefault(ORGANISATION, organisation_id)
    if bound != organisation_id:
        raise TenancyError("this session already works for another organisation")
    if session.in_transaction():
        _tell_connection(session, None, session.connection())


@event.listens_for(HostSession, "do_orm_execute")
def _filter_by_organisation(state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and not state.session.info.get(WRITING):
        raise RuntimeError("data is changed outside of write_transaction")
    organisation_id = state.session.info.get(ORGANISATION)
    if organisation_id is None or state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(
        with_loader_criteria(TenantBase, lambda cls: cls.organisation_id == organisation_id, include_aliases=True)
    )


@event.listens_for(HostSession, "after_begin")
def _tell_connection(session: Session, _transaction: SessionTransaction | None, connection: Connection) -> None:
    organisation_id = session.info.get(ORGANISATION)
    connection.info[ORGANISATION] = organisation_id
    if organisation_id and connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('mendloop.organisation', :id, true)"), {"id": organisation_id})


@event.listens_for(HostSession, "before_flush")
def _refuse_stray_write(session: Session, *_: object) -> None:
    if not session.info.get(WRITING):
        raise RuntimeError("data is changed outside of write_transaction")
