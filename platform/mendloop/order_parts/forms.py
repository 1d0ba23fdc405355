"""Forms of an order's parts. Each carries a key of its own, so that sending it twice does it once."""

import unicodedata

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from mendloop.database import new_id
from mendloop.inventory.amounts import milli_written
from mendloop.inventory.locations import QUARANTINE
from mendloop.order_parts.acts import Asked
from mendloop.order_parts.explaining import REASONS
from mendloop.order_parts.old_parts import TARGETS
from mendloop.pages.forms import Form, SelectChoice


class PartForm(Form):
    """Something that is done with one part of an order."""

    key = HiddenField(default=new_id)
    number = StringField("order_parts.number", [Length(max=100)])
    quantity = StringField("order_parts.quantity", [Length(max=40)])
    serial = StringField("order_parts.serial", [Length(max=200)])
    reason = SelectField(
        "order_parts.reason", choices=[SelectChoice(each, f"order_parts.reason.{each}") for each in REASONS]
    )
    note = StringField("order_parts.note", [Length(max=500)])

    @property
    def said_key(self) -> str:
        """Of whoever asks."""
        return self.key.data or ""

    def asked(self) -> Asked:
        """So much of the part, or the one with the serial number."""
        serial = (self.serial.data or "").strip() or None
        milli = self.milli() if (self.quantity.data or "").strip() else None
        return Asked((self.number.data or "").strip(), None if serial else milli, serial)

    def milli(self) -> int:
        """The quantity in thousandths; refused where it cannot be read."""
        return milli_written(self.quantity.data or "")


class AnswerForm(Form):
    """What a supervisor says to an explanation."""

    accept = HiddenField()
    answer = TextAreaField("order_parts.answer", [Length(max=1000)])


class OldPartForm(Form):
    """An old part that has come, by its tag."""

    tag = StringField("order_parts.tag", [Length(max=20)])
    target = SelectField(
        "order_parts.target",
        choices=[SelectChoice(each, f"location.{each}") for each in TARGETS],
        default=QUARANTINE,
    )


class StandInsForm(Form):
    """Which parts may stand in for one."""

    part = StringField("order_parts.number", [Length(max=100)])
    stand_ins = StringField("order_parts.stand_ins", [Length(max=2000)])

    def numbers(self) -> list[str]:
        """As they were written, with commas of either kind between them."""
        text = unicodedata.normalize("NFKC", self.stand_ins.data or "").replace("、", ",").replace(";", ",")
        return [each.strip() for each in text.split(",") if each.strip()]
