"""The board's pages, its stream, and the same by asking, for whoever gets no stream."""

from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, flash, redirect, render_template, request, session, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from mendloop.accounts.actor import OWNER, SUPERVISOR, VIEWER, Actor
from mendloop.accounts.browser_sessions import find_session
from mendloop.accounts.services import find_actor, people_with_role
from mendloop.board.board import Shown
from mendloop.board.filters import Filters, filters_in
from mendloop.board.forms import LimitsForm, limits_data
from mendloop.board.items import VIEWS, Item
from mendloop.board.painting import Painter
from mendloop.board.settings import change_limits, limits_of
from mendloop.board.showing import BoardPage, Choice, lanes_of, people_to_choose, rules_of, totals_of, words_for_browser
from mendloop.board.stream import follow
from mendloop.board.telling import Told
from mendloop.board.watching import Boards
from mendloop.clock import utc_now
from mendloop.database import Database, bind_organisation, open_session, run_write
from mendloop.edge.access import allow
from mendloop.edge.context import close_session, current_actor, current_database, current_language, current_session
from mendloop.edge.sessions import ServerSession
from mendloop.library.services import list_products, list_templates
from mendloop.pages.forms import show_problems
from mendloop.pages.render import t
from mendloop.problems import Refusal
from mendloop.words import local

blueprint = Blueprint("board", __name__, template_folder="pages")
READERS = (OWNER, SUPERVISOR, VIEWER)
WRITERS = (OWNER, SUPERVISOR)
BOARDS = "mendloop_boards"


@blueprint.record_once
def _keep_boards(setup: BlueprintSetupState) -> None:
    setup.app.extensions[BOARDS] = Boards(setup.app.extensions["mendloop_database"])


def end_streams(app: Flask) -> None:
    """The server is about to stop: it need not wait for whoever watches."""
    app.extensions[BOARDS].close()


@blueprint.get("/board")
@allow(*READERS)
def show_board() -> str:
    """The board, narrowed by what stands in the address; with `wall=1` for a screen on a wall."""
    filters = filters_in(request.args)
    is_wall = request.args.get("wall") == "1"
    board = _board_page(filters, is_wall)
    if is_wall:
        return render_template("board_wall.html", board=board, filters=filters)
    views = [Filters(view=view, person=filters.person, product=filters.product) for view in VIEWS]
    return render_template(
        "board.html",
        board=board,
        filters=filters,
        views=views,
        views_of={view.view: Filters(view=view.view).address for view in views},
        choices=_choices(filters),
        rules=rules_of(limits_of(current_session(), current_actor()), current_language()),
    )


@blueprint.get("/board/changes")
@allow(*READERS)
def show_changes() -> AnyResponse:
    """What has changed since the message `last`, everything when that is not known; 204 for nothing."""
    filters, actor = filters_in(request.args), current_actor()
    boards = _boards()
    board, shown = boards.look(current_session(), actor, utc_now())
    told = boards.telling(board).since(shown, request.args.get("last", ""), filters, current_language(), _painter())
    return Response(told.text, content_type="application/json") if told else Response(status=204)


@blueprint.get("/board/stream")
@allow(*READERS)
def stream_board() -> AnyResponse:
    """The board as server-sent events, from the message `Last-Event-ID` or `last` on."""
    filters, actor, language = filters_in(request.args), current_actor(), current_language()
    database, painter = current_database(), _painter()
    boards = _boards()
    telling = boards.telling(boards.board(actor.organisation_id))
    token = cast(ServerSession, session).token

    def tell(shown: Shown, last: str) -> Told | None:
        return telling.since(shown, last, filters, language, painter)

    last = request.headers.get("Last-Event-ID") or request.args.get("last", "")
    events = follow(boards, actor.organisation_id, last, tell, lambda: _may_watch(database, token, actor))
    close_session()  # nothing of the database is held while the line is open
    response = Response(events, content_type="text/event-stream; charset=utf-8")
    response.headers.update({"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"})
    return response


@blueprint.get("/board/settings")
@allow(*WRITERS)
def show_settings() -> str:
    """How long is too long."""
    limits = limits_of(current_session(), current_actor())
    return render_template("board_settings.html", form=LimitsForm(formdata=None, data=limits_data(limits)))


@blueprint.post("/board/settings")
@allow(*WRITERS)
def change_settings() -> AnyResponse | tuple[str, int]:
    """Keep it."""
    form, database, actor = LimitsForm(), current_session(), current_actor()
    if not form.validate():
        return render_template("board_settings.html", form=form), 422
    try:
        run_write(database, lambda: change_limits(database, actor, form.limits))
    except Refusal as refusal:
        show_problems(form, refusal)
        return render_template("board_settings.html", form=form), refusal.status
    flash("", "board.settings_kept")
    return redirect(url_for("board.show_board"))


def _board_page(filters: Filters, is_wall: bool) -> BoardPage:
    actor, language, painter = current_actor(), current_language(), _painter()
    boards, now = _boards(), utc_now()
    board, shown = boards.look(current_session(), actor, now)

    def paint(item: Item) -> str:
        return painter(item, shown, language)

    def link(risk: str) -> str:
        wall: dict[str, str] = {"wall": "1"} if is_wall else {}
        return _address("board.show_board", {**wall, **filters.with_risk(risk).address})

    return BoardPage(
        filters=filters,
        lanes=lanes_of(shown, filters, paint),
        totals=totals_of(shown, filters),
        at=now,
        clock=now.astimezone(shown.zone).strftime("%H:%M:%S"),
        zone=str(shown.zone),
        words=words_for_browser(language),
        stream=_address("board.stream_board", filters.address),
        poll=_address("board.show_changes", filters.address),
        last=boards.telling(board).id_of(shown),
        link=link,
    )


def _choices(filters: Filters) -> list[Choice]:
    database, actor, language = current_session(), current_actor(), current_language()
    people = [(person.id, person.name) for person in people_with_role(database, actor, "engineer")]
    products = [(each.key, local(each.title, language)) for each in list_products(database, actor)]
    templates = [(each.template.key, local(each.version.title, language)) for each in list_templates(database, actor)]
    any_template = [("", t("board.any_template")), *templates]
    return [
        Choice("person", t("board.person"), filters.person, people_to_choose(people, language)),
        Choice("product", t("board.product"), filters.product, [("", t("orders.any_product")), *products]),
        Choice("template", t("board.template"), filters.template, any_template),
    ]


def _address(endpoint: str, given: dict[str, str]) -> str:
    values: dict[str, Any] = dict(given)
    return url_for(endpoint, **values)


def _boards() -> Boards:
    return cast(Boards, current_app.extensions[BOARDS])


def _painter() -> Painter:
    return Painter(current_app.jinja_env, url_for("static", filename="icons.svg"))


def _may_watch(database: Database, token: str | None, actor: Actor) -> bool:
    """Whether the browser is still signed in, and its person still may see the board."""
    with open_session(database) as asking:
        if token is None or find_session(asking, token, utc_now()) is None:
            return False
        bind_organisation(asking, actor.organisation_id)
        found = find_actor(asking, actor.organisation_id, actor.person_id)
        return found is not None and found[0].has_any(frozenset(READERS))
