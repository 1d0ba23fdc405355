"""Forms of work orders."""

import datetime as dt
from collections.abc import Sequence

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from mendloop.pages.forms import Form, SelectChoice
from mendloop.work_orders.opening import PRIORITIES, NewOrder

Choices = Sequence[tuple[str, str]]
"""Pairs of a value and what stands for it."""


class NewOrderForm(Form):
    """A new job. `template` is filled by the proposals for product and faults; `proposed` is what was chosen there by
    itself, empty once a person chose."""

    product = SelectField("order.fact.product", [InputRequired()])
    asset = StringField("order.fact.asset", [Length(max=200)])
    customer = StringField("order.fact.customer", [Length(max=200)])
    fault_codes = SelectMultipleField("order.fact.fault_codes")
    fault_text = TextAreaField("order.fact.fault_text", [Length(max=2000)])
    priority = SelectField(
        "order.fact.priority",
        choices=[SelectChoice(each, f"order.priority.{each}") for each in PRIORITIES],
        default="normal",
    )
    due = DateTimeLocalField("order.fact.due", [Optional()])
    assignee = SelectField("order.fact.assignee", validate_choice=False)
    warranty = BooleanField("order.fact.warranty")
    keep_asset = BooleanField("order.fact.keep_asset")
    position = SelectField("sub_order.place", validate_choice=False)
    template = RadioField("order.fact.template", validate_choice=False)
    proposed = HiddenField()

    @property
    def chosen_by_hand(self) -> bool:
        """True when a person took a template that had not been taken for them."""
        return bool(self.template.data) and self.template.data != self.proposed.data

    def offer(self, products: Choices, faults: Choices, people: Choices) -> None:
        """What can be chosen."""
        self.product.choices = [SelectChoice(*each) for each in products]
        self.fault_codes.choices = [SelectChoice(*each) for each in faults]
        self.assignee.choices = [SelectChoice(*each) for each in people]

    def offer_places(self, places: Choices) -> None:
        """The positions that it may be for, when it is a sub-order."""
        self.position.choices = [SelectChoice("", ""), *(SelectChoice(*each) for each in places)]

    def new_order(self, zone: dt.tzinfo, parent: str | None) -> NewOrder:
        """What was entered; times are on the organisation's clock. `parent`: the order that it is a part of."""
        due = self.due.data
        return NewOrder(
            product=self.product.data or "",
            template_version=self.template.data or "",
            asset=self.asset.data or "",
            customer=self.customer.data or "",
            fault_codes=tuple(self.fault_codes.data or ()),
            fault_text=self.fault_text.data or "",
            priority=self.priority.data or "normal",
            due=due.replace(tzinfo=zone) if due is not None else None,
            assignee=self.assignee.data or None,
            warranty=bool(self.warranty.data),
            keep_asset=bool(self.keep_asset.data),
            parent=parent,
            position=(self.position.data or "") if parent is not None else "",
        )


class AssignForm(Form):
    """Who shall do it."""

    person = SelectField("order.fact.assignee", validate_choice=False)


class CancelForm(Form):
    """Why it is given up."""

    reason = TextAreaField("order.cancel_reason", [InputRequired(), Length(max=1000)])
