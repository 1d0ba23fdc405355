"""The organisation's mail: whether people are told by it, how the mail server is, and a letter to try it with."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER
from mendloop.accounts.services import access_organisation, names_of_people
from mendloop.database import new_id, run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_config, current_language, current_session
from mendloop.notices import preferences
from mendloop.notices.forms import SwitchForm
from mendloop.notices.health import health_of
from mendloop.notices.letters import letter_of_trial
from mendloop.notices.mail.smtp import NAME, make_email
from mendloop.notices.services import Message, Undelivered
from mendloop.notices.wording import Reader
from mendloop.pages.render import current_zone
from mendloop.problems import Missing

blueprint = Blueprint("notice_mail", __name__, template_folder="pages")


@blueprint.get("/organisation/mail")
@allow(OWNER)
def show_mail() -> str:
    """Whether people are told by mail, and how that goes."""
    return _page()


@blueprint.post("/organisation/mail")
@allow(OWNER)
def switch_mail() -> Response:
    """Begin or stop to tell people by mail."""
    session, on = current_session(), bool(SwitchForm().on.data)
    run_write(session, lambda: preferences.switch(session, current_actor(), on=on))
    flash("", "notice_mail.switched_on" if on else "notice_mail.switched_off")
    return redirect(url_for("notice_mail.show_mail"))


@blueprint.post("/organisation/mail/trial")
@allow(OWNER)
def try_mail() -> Response | tuple[str, int]:
    """A letter to the owner's own address, at once; what the server says is shown."""
    channel, session, actor = make_email(current_config()), current_session(), current_actor()
    address = preferences.wishes_of(session, actor, NAME).address
    if channel is None or not address:
        raise Missing
    letter = letter_of_trial(Reader(current_language(), current_zone()), access_organisation(session, actor).name)
    session.rollback()
    try:
        channel.deliver(Message(new_id(), address, actor.language, letter.subject, letter.text, letter.html))
    except Undelivered as failure:
        return _page(str(failure)), 502
    flash(address, "notice_mail.tried")
    return redirect(url_for("notice_mail.show_mail"))


def _page(problem: str = "") -> str:
    session, actor, config = current_session(), current_actor(), current_config()
    return render_template(
        "notice_mail.html",
        form=SwitchForm(formdata=None, on=preferences.is_on(session, actor)),
        server=config.mail,
        public_url=config.public_url,
        health=health_of(session, actor, NAME),
        address=preferences.wishes_of(session, actor, NAME).address,
        people=names_of_people(session, actor),
        problem=problem,
    )
