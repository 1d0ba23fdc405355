"""How one wants to be told: a page below one's own account."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.clock import utc_now
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_config, current_session
from mendloop.notices import preferences
from mendloop.notices.forms import WishesForm
from mendloop.notices.models import NoticeAddress
from mendloop.notices.outbox import Post
from mendloop.notices.services import Channel, open_channels
from mendloop.notices.sources import MODES, sources_for
from mendloop.notices.telling import ask_to_confirm
from mendloop.pages.forms import show_problems
from mendloop.problems import Missing, Refusal

blueprint = Blueprint("notice_wishes", __name__, template_folder="pages")


@blueprint.get("/account/notices")
@allow()
def show_wishes() -> str:
    """By which ways one is told, and of what."""
    return _page({})


@blueprint.post("/account/notices/<name>")
@allow()
def change_wishes(name: str) -> Response | tuple[str, int]:
    """Keep what the person wants of one channel; another address is asked to confirm itself."""
    channel, form = _channel(name), WishesForm()
    modes = {key.removeprefix("kind-"): mode for key, mode in request.form.items() if key.startswith("kind-")}
    try:
        needs_word = run_write(current_session(), lambda: _keep(channel, form, modes))
    except Refusal as refusal:
        show_problems(form, refusal)
        return _page({name: form}, {name: modes}), refusal.status
    flash(form.address.data or "", "notice_wishes.confirm_sent" if needs_word else "notice_wishes.kept")
    return redirect(url_for("notice_wishes.show_wishes"))


@blueprint.get("/account/notices/confirm/<token>")
@allow()
def confirm(token: str) -> Response:
    """The link in the message: it has arrived."""
    session, actor = current_session(), current_actor()
    channel, address = preferences.read_token(current_config().secret_key, actor, token)
    run_write(session, lambda: preferences.confirm(session, actor, channel, address))
    flash(address, "notice_wishes.confirmed")
    return redirect(url_for("notice_wishes.show_wishes"))


def _keep(channel: Channel, form: WishesForm, modes: Mapping[str, str]) -> bool:
    """True when a message was put on its way that asks whether it arrives."""
    session, actor = current_session(), current_actor()
    given = (form.address.data or "").strip(), (form.daily_at.data or "").strip()
    row = preferences.wish(session, actor, channel.name, *given, modes)
    if not row.address or row.confirmed_at is not None:
        return False
    ask_to_confirm(session, actor, row, Post(channel.name, "", utc_now()), _link(row))
    return True


def _link(row: NoticeAddress) -> str:
    config = current_config()
    token = preferences.token_of(config.secret_key, row)
    return (config.public_url or request.url_root.rstrip("/")) + url_for("notice_wishes.confirm", token=token)


def _channel(name: str) -> Channel:
    found = next((channel for channel in open_channels(current_config()) if channel.name == name), None)
    if found is None:
        raise Missing
    return found


def _page(forms: Mapping[str, WishesForm], chosen: Mapping[str, Mapping[str, str]] | None = None) -> str:
    session, actor = current_session(), current_actor()
    ways = [(channel.name, preferences.wishes_of(session, actor, channel.name)) for channel in _channels()]
    return render_template(
        "notice_wishes.html",
        ways=[(name, wishes, forms.get(name) or _filled(wishes)) for name, wishes in ways],
        chosen=chosen or {},
        kinds=[source.key for source in sources_for(actor)],
        modes=MODES,
        is_on=preferences.is_on(session, actor),
    )


def _filled(wishes: preferences.Wishes) -> WishesForm:
    return WishesForm(formdata=None, address=wishes.address, daily_at=wishes.daily_at)


def _channels() -> list[Channel]:
    return open_channels(current_config())
