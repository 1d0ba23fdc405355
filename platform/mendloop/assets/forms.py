"""Forms of assets and BOMs."""

from collections.abc import Sequence

from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mendloop.assets.registry import AssetDetails
from mendloop.pages.forms import Form, SelectChoice


class AssetForm(Form):
    """What is written down about an asset."""

    product_id = SelectField("asset.product", validate_choice=False)
    serial = StringField("asset.serial", [InputRequired(), Length(max=200)])
    customer = StringField("asset.customer", [Length(max=200)])
    site = StringField("asset.site", [Length(max=200)])
    commissioned = DateField("asset.commissioned", [Optional()])

    def offer(self, products: Sequence[tuple[str, str]]) -> None:
        """What it can be."""
        self.product_id.choices = [SelectChoice(*each) for each in products]

    @property
    def details(self) -> AssetDetails:
        """As it was entered."""
        return AssetDetails(
            serial=self.serial.data or "",
            product_id=self.product_id.data or "",
            customer=self.customer.data or "",
            site=self.site.data or "",
            commissioned=self.commissioned.data,
        )


class ActForm(Form):
    """Something is built in or taken out by hand."""

    act = SelectField(
        "asset.act", choices=[SelectChoice(each, f"asset.act_{each}") for each in ("replace", "install", "remove")]
    )
    part = StringField("asset.part", [InputRequired(), Length(max=100)])
    serial = StringField("asset.part_serial", [Length(max=200)])
    quantity = StringField("asset.quantity", default="1")
    note = StringField("asset.note", [Length(max=2000)])
    key = HiddenField()


class SettleForm(Form):
    """What somebody found when they looked."""

    note = TextAreaField("asset.settle_word", [InputRequired(), Length(max=2000)])


class BomForm(Form):
    """The lines of a revision as text, and what else belongs to it."""

    text = TextAreaField("bom.text")
    note = StringField("bom.note", [Length(max=2000)])
    effective = DateField("bom.effective", [Optional()])
    enter_parts = BooleanField("bom.enter_parts")
