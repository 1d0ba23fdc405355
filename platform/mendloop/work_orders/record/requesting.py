"""Asking for a print: the record is composed, and laid out unless it looks as it did before."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.problems import Missing
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.composing import compose_record, speech_for
from mendloop.work_orders.record.copies import Copy
from mendloop.work_orders.record.printing import sheet_of
from mendloop.work_orders.record.prints import Print, Prints


@dataclass(frozen=True, slots=True)
class Wanted:
    """A print of an order's record: on which copy, in which language, and where whoever holds it finds the record."""

    order: WorkOrder
    copy: Copy
    language: str
    address: str = ""


def request_print(session: Session, actor: Actor, wanted: Wanted, data_folder: Path) -> Print:
    """The print, ready if it is a small one or was made before."""
    record = compose_record(session, actor, wanted.order, wanted.language, wanted.copy)
    speech = speech_for(session, actor, {}, wanted.language)
    sheet = sheet_of(record, speech, actor, data_folder, wanted.address)
    about: dict[str, object] = {"order": wanted.order.id, "number": wanted.order.number, "copy": wanted.copy.name}
    about |= {"costs": wanted.copy.has_costs, "language": wanted.language}
    found = Prints(data_folder, actor.organisation_id).lay_out(sheet, about)
    if sheet.is_small:
        found.make_now()
    return found


def access_print(actor: Actor, order: WorkOrder, key: str, data_folder: Path, copy: Copy) -> Print:
    """A print of this order that was laid out; `Missing` where it tells more than the reader may see."""
    found = Prints(data_folder, actor.organisation_id).find(key)
    if found is None:
        raise Missing
    about = found.about
    if about["order"] != order.id or (about["costs"] and not copy.has_costs):
        raise Missing
    return found
