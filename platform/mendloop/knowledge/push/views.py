"""Searching knowledge as one types; and cards with the nearest cases, which other pages include."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_config, current_language, current_session
from mendloop.knowledge.push import marking, services
from mendloop.knowledge.push.services import Found
from mendloop.knowledge.search.entries import EntryKind
from mendloop.words import local

blueprint = Blueprint("knowledge_search", __name__, template_folder="pages")
KINDS: tuple[EntryKind, ...] = ("case", "bulletin", "article")
LONGEST_QUERY = 400


@blueprint.app_template_global()
def cases_near_order(order_id: str) -> list[Found]:
    """The nearest for an order, for a card on its page."""
    return services.cases_for_order(current_session(), current_actor(), current_config().data_folder, order_id, limit=3)


@blueprint.app_template_global()
def cases_near_intake(product: str | None, faults: list[str] | None, text: str | None) -> list[Found]:
    """The nearest for what a form says of an order that nobody has opened yet."""
    session, actor, folder = current_session(), current_actor(), current_config().data_folder
    return services.cases_at_intake(session, actor, folder, product or "", faults or [], (text or "")[:LONGEST_QUERY])


@blueprint.get("/knowledge/search")
@allow()
def show_search() -> str:
    """`?q=WORDS&kind=case|bulletin|article`: the page, with what was found."""
    return render_template("knowledge_search.html", **_asked())


@blueprint.get("/knowledge/search/results")
@allow()
def show_results() -> Response:
    """What was found alone, for a page that is open."""
    page = render_template("knowledge_search_results.html", **_asked())
    return Response(page, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-store"})


def _asked() -> dict[str, object]:
    text = request.args.get("q", "").strip()[:LONGEST_QUERY]
    kind = next((each for each in KINDS if each == request.args.get("kind")), None)
    kinds = (kind,) if kind is not None else ()
    session, actor, folder = current_session(), current_actor(), current_config().data_folder
    found = services.search_everything(session, actor, folder, text, kinds) if text else []
    return {"q": text, "kind": kind or "", "kinds": KINDS, "found": found, "marked": _marked, "lines_of": _lines_of}


def _marked(text: str) -> list[tuple[str, bool]]:
    return marking.marked(text, request.args.get("q", ""))


def _lines_of(found: Found) -> list[tuple[str, str]]:
    """What is shown of it below its title: the key of the words before it, and the text."""
    known, query = found.known, request.args.get("q", "")
    texts = [("case_push.cause", known.cause), ("case_push.remedy", known.remedy), ("", known.more)]
    told = [(key, marking.excerpt(_telling(text), query)) for key, text in texts]
    return [(key, text) for key, text in told if text]


def _telling(text: Mapping[str, str]) -> str:
    """The text in the reader's language, unless only another one has what was typed."""
    own = local(text, current_language())
    said = (each for each in (own, *text.values()) if any(is_marked for _, is_marked in _marked(each)))
    return next(said, own)
