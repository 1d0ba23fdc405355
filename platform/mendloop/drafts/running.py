"""What publishing means for orders that run: they stay on the version they were opened with."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.drafts.rights import access_for
from mendloop.library.services import list_versions
from mendloop.work_orders.services import count_open_by_version


@dataclass(frozen=True, slots=True)
class Running:
    """A version with its number of open orders."""

    version_id: str
    number: int
    open_orders: int


def running_orders(session: Session, actor: Actor, template_id: str) -> list[Running]:
    """Every version on which orders are open, the newest first."""
    template = access_for(session, actor, template_id, "view")
    versions = list_versions(session, actor, template)
    counts = count_open_by_version(session, actor, (version.id for version in versions))
    return [Running(one.id, one.number, counts[one.id]) for one in versions if counts.get(one.id)]
