"""Forms of costing. Amounts, percentages and dates arrive as text: the services read them and say what is wrong."""

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from mendloop.costing.book import CHARGED, PAYERS
from mendloop.costing.details import (
    DAY_KINDS,
    EXTRA_KINDS,
    SIDES,
    TIME_KINDS,
    CoverageDetails,
    DayDetails,
    ExtraDetails,
    PriceDetails,
    RateDetails,
    Reach,
    SettingsDetails,
)
from mendloop.costing.money import CURRENCIES
from mendloop.pages.forms import Form, SelectChoice

SHORT = [Length(max=40)]
LONG = [Length(max=200)]


class DayField(StringField):
    """A day, chosen from a calendar; a text, so that what is no date comes back as it was written."""

    widget = DateInput()


class CheckboxesField(SelectMultipleField):
    """Several of a few."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ReachForm(Form):
    """Which orders something is laid down for, or taken back."""

    closed = BooleanField("cost.field.closed")
    why = StringField("cost.field.closed_why", [Length(max=1000)])

    @property
    def reach(self) -> Reach:
        return Reach(bool(self.closed.data), self.why.data or "")


class SettingsForm(ReachForm):
    currency = SelectField("cost.field.currency", choices=[SelectChoice(code) for code in CURRENCIES])
    hours_0 = StringField("cost.weekday.0", LONG)
    hours_1 = StringField("cost.weekday.1", LONG)
    hours_2 = StringField("cost.weekday.2", LONG)
    hours_3 = StringField("cost.weekday.3", LONG)
    hours_4 = StringField("cost.weekday.4", LONG)
    hours_5 = StringField("cost.weekday.5", LONG)
    hours_6 = StringField("cost.weekday.6", LONG)
    overtime = StringField("cost.field.overtime", SHORT)
    rest_day = StringField("cost.field.rest_day", SHORT)
    holiday = StringField("cost.field.holiday", SHORT)
    waiting_minutes = StringField("cost.field.waiting_minutes", SHORT)
    overhead_percent = StringField("cost.field.overhead_percent", SHORT)
    overhead_fixed = StringField("cost.field.overhead_fixed", SHORT)
    markup_percent = StringField("cost.field.markup_percent", SHORT)
    tax_percent = StringField("cost.field.tax_percent", SHORT)

    @property
    def details(self) -> SettingsDetails:
        hours = {day: getattr(self, f"hours_{day}").data or "" for day in range(7)}
        names = [name for name in SettingsDetails.__slots__ if name != "hours"]
        return SettingsDetails(hours=hours, **{name: getattr(self, name).data or "" for name in names})


class ValidForm(ReachForm):
    since = DayField("cost.field.since", SHORT)
    until = DayField("cost.field.until", SHORT)


class RateForm(ValidForm):
    side = SelectField("cost.field.side", choices=[SelectChoice(side, f"cost.side.{side}") for side in SIDES])
    per_hour = StringField("cost.field.per_hour", SHORT)
    kind = SelectField(
        "cost.field.kind", choices=[SelectChoice(kind, f"cost.time.{kind or 'any'}") for kind in TIME_KINDS]
    )
    person = SelectField("cost.field.person", validate_choice=False)
    skill = SelectField("cost.field.skill", validate_choice=False)
    customer = StringField("cost.field.customer", LONG)

    @property
    def details(self) -> RateDetails:
        return RateDetails(**{name: getattr(self, name).data or "" for name in RateDetails.__slots__})


class PriceForm(ValidForm):
    part = StringField("cost.field.part", LONG)
    amount = StringField("cost.field.amount", SHORT)
    customer = StringField("cost.field.customer", LONG)

    @property
    def details(self) -> PriceDetails:
        return PriceDetails(**{name: getattr(self, name).data or "" for name in PriceDetails.__slots__})


class CoverageForm(ReachForm):
    name = StringField("cost.field.rule", LONG)
    payer = SelectField("cost.field.payer", choices=[SelectChoice(payer, f"cost.payer.{payer}") for payer in PAYERS])
    percent = StringField("cost.field.percent", SHORT, default="100")
    kinds = CheckboxesField(
        "cost.field.kinds", choices=[SelectChoice(kind, f"cost.charged.{kind}") for kind in CHARGED]
    )
    warranty = BooleanField("cost.field.warranty")
    customer = StringField("cost.field.customer", LONG)
    product = StringField("cost.field.product", LONG)

    @property
    def details(self) -> CoverageDetails:
        return CoverageDetails(
            name=self.name.data or "",
            kinds=tuple(self.kinds.data or ()),
            payer=self.payer.data or "",
            percent=self.percent.data or "",
            warranty=bool(self.warranty.data),
            customer=self.customer.data or "",
            product=self.product.data or "",
        )


class DayForm(ReachForm):
    day = DayField("cost.field.day", SHORT)
    until = DayField("cost.field.day_until", SHORT)
    kind = SelectField("cost.field.day_kind", choices=[SelectChoice(kind, f"cost.day.{kind}") for kind in DAY_KINDS])
    name = StringField("cost.field.day_name", LONG)

    @property
    def details(self) -> DayDetails:
        return DayDetails(**{name: getattr(self, name).data or "" for name in DayDetails.__slots__})


class WhyForm(Form):
    why = StringField("cost.field.why", [Length(max=1000)])


class ExtraForm(Form):
    kind = SelectField("cost.field.extra", choices=[SelectChoice(kind, f"cost.extra.{kind}") for kind in EXTRA_KINDS])
    name = StringField("cost.field.extra_name", LONG)
    amount = StringField("cost.field.amount", SHORT)
    price = StringField("cost.field.price", SHORT)
    day = DayField("cost.field.day", SHORT)
    why = StringField("cost.field.why", [Length(max=1000)])

    @property
    def details(self) -> ExtraDetails:
        return ExtraDetails(**{name: getattr(self, name).data or "" for name in ExtraDetails.__slots__})


class DiscountForm(Form):
    discount_percent = StringField("cost.field.discount_percent", SHORT)
    discount_fixed = StringField("cost.field.discount_fixed", SHORT)
    discount_why = StringField("cost.field.why", [Length(max=1000)])


class QuoteForm(Form):
    days = StringField("quote.field.days", SHORT, default="14")
    remark = TextAreaField("quote.field.remark", [Length(max=1000)])


class AnswerForm(Form):
    decision = StringField("quote.field.decision", SHORT)
    name = StringField("quote.field.name", [Length(max=100)])
    remark = TextAreaField("quote.field.your_remark", [Length(max=1000)])
