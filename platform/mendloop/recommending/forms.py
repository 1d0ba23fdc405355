"""Forms of the page of recommendations."""

from collections.abc import Sequence

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from mendloop.pages.forms import Form, SelectChoice

Choices = Sequence[tuple[str, str]]
"""Pairs of a value and what stands for it."""


class AskForm(Form):
    """Which repair: what is broken, how, by which process, and at which of its steps."""

    class Meta(Form.Meta):
        """It changes nothing: it is an address."""

        csrf = False

    product = SelectField("order.fact.product", validate_choice=False)
    fault_codes = SelectMultipleField("order.fact.fault_codes", validate_choice=False)
    template = SelectField("order.fact.template", validate_choice=False)
    node = SelectField("recommending.step", validate_choice=False)

    def offer(self, products: Choices, templates: Choices, nodes: Choices) -> None:
        """What can be chosen."""
        self.product.choices = [SelectChoice(*each) for each in products]
        self.fault_codes.choices = []
        self.template.choices = [SelectChoice(*each) for each in templates]
        self.node.choices = [SelectChoice(*each) for each in nodes]


class ListPartForm(Form):
    """A part comes onto the list of a fault, or goes off it."""

    fault = StringField("recommending.fault", [InputRequired(), Length(max=60)])
    part = StringField("recommending.part", [InputRequired(), Length(max=100)])
