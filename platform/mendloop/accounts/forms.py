"""Forms of people and organisations."""

from zoneinfo import available_timezones

from wtforms import BooleanField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mendloop.accounts.actor import ROLES
from mendloop.pages.forms import Form, SelectChoice
from mendloop.words import LANGUAGES

LANGUAGE_NAMES = [SelectChoice("zh-CN", "简体中文"), SelectChoice("en", "English")]
assert [choice.value for choice in LANGUAGE_NAMES] == list(LANGUAGES)  # noqa: S101 - a language without a name cannot be chosen


class CheckboxesField(SelectMultipleField):
    """Several of a few: a list of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SignInForm(Form):
    sign_in_name = StringField("form.sign_in_name", [InputRequired(), Length(max=100)])
    password = PasswordField("form.password", [InputRequired(), Length(max=200)])


class OwnPasswordForm(Form):
    current = PasswordField("own_password.current", [InputRequired(), Length(max=200)])
    new = PasswordField("own_password.new", [InputRequired(), Length(max=200)])
    repeated = PasswordField("own_password.repeated", [InputRequired(), Length(max=200)])


class PersonForm(Form):
    name = StringField("form.name", [InputRequired(), Length(max=100)])
    sign_in_name = StringField("form.sign_in_name", [InputRequired(), Length(max=100)])
    password = PasswordField("form.new_password", [Optional(), Length(max=200)])
    language = SelectField("form.language", choices=[SelectChoice(*each) for each in LANGUAGE_NAMES])
    roles = CheckboxesField("form.roles", choices=[SelectChoice(role, f"role.{role}") for role in ROLES])
    work_roles = CheckboxesField("form.work_roles", validate_choice=False)
    """Its choices are the skills that the organisation's templates name; the view fills them in."""
    active = BooleanField("form.active", default=True)


class OrganisationForm(Form):
    name = StringField("form.organisation_name", [InputRequired(), Length(max=200)])
    language = SelectField("form.organisation_language", choices=[SelectChoice(*each) for each in LANGUAGE_NAMES])
    time_zone = SelectField(
        "form.time_zone",
        choices=[SelectChoice(zone) for zone in sorted(available_timezones()) if "/" in zone and zone[0].isupper()],
    )
