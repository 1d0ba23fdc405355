"""The form of a part."""

import re

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from mendloop.inventory.amounts import packs_as_text, packs_in
from mendloop.inventory.models import Part
from mendloop.inventory.parts import PartDetails
from mendloop.inventory.services import COSTINGS
from mendloop.pages.forms import Form, SelectChoice


class PartForm(Form):
    number = StringField("part_form.number", [InputRequired(), Length(max=100)])
    title_zh = StringField("form.title_zh", [Length(max=200)])
    title_en = StringField("form.title_en", [Length(max=200)])
    unit = StringField("part_form.unit", [InputRequired(), Length(max=20)], default="pcs")
    packs = TextAreaField("part_form.packs", [Length(max=2000)])
    costing = SelectField("part_form.costing", choices=[SelectChoice(each, f"costing_by.{each}") for each in COSTINGS])
    serial_tracked = BooleanField("part_form.serial_tracked")
    fits = TextAreaField("part_form.fits", [Length(max=5000)])

    @property
    def details(self) -> PartDetails:
        """What was entered; raises `Refusal` where the packs cannot be read."""
        return PartDetails(
            number=(self.number.data or "").strip(),
            name={"zh-CN": self.title_zh.data or "", "en": self.title_en.data or ""},
            unit=(self.unit.data or "").strip(),
            costing=self.costing.data or "",
            serial_tracked=bool(self.serial_tracked.data),
            fits=tuple(filter(None, re.split(r"[\s,，;；]+", self.fits.data or ""))),
            packs=packs_in(self.packs.data or ""),
        )


def form_of(part: Part) -> PartForm:
    """The form, filled."""
    return PartForm(
        formdata=None,
        number=part.number,
        title_zh=part.name.get("zh-CN", ""),
        title_en=part.name.get("en", ""),
        unit=part.unit,
        packs=packs_as_text(part.packs),
        costing=part.costing,
        serial_tracked=part.serial_tracked,
        fits="\n".join(part.fits),
    )
