"""Forms of notices."""

from wtforms import BooleanField, StringField
from wtforms.validators import Length

from mendloop.pages.forms import Form


class WishesForm(Form):
    """How a person wants to be told; what they want of each kind are fields named `kind-<key>` beside these."""

    address = StringField("notice_wishes.address", [Length(max=254)])
    daily_at = StringField("notice_wishes.daily_at", [Length(max=5)])


class SwitchForm(Form):
    """Whether the organisation's people are told by mail."""

    on = BooleanField("notice_mail.on")
