"""Finding rows of the actor's own organisation, whatever kind they are."""

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.models import FaultCode, Product, Template, TemplateVersion
from mendloop.problems import Missing

Row = TypeVar("Row", FaultCode, Product, Template, TemplateVersion)


def access_row(session: Session, actor: Actor, kind: type[Row], row_id: str) -> Row:
    """The row with this id; `Missing` when there is none or it belongs to another organisation."""
    found = session.get(kind, (actor.organisation_id, row_id))
    if found is None:
        raise Missing
    return found


def own_rows(actor: Actor, kind: type[Row], *conditions: ColumnElement[bool]) -> Select[Row]:
    """A query for the organisation's rows that meet the conditions."""
    return select(kind).where(kind.organisation_id == actor.organisation_id, *conditions)
