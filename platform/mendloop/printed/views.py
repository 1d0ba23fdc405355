"""The page of a process to be printed."""

from flask import Blueprint, render_template, request

from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.printed.procedure import procedure_of
from mendloop.printed.services import source_of
from mendloop.problems import Missing
from mendloop.words import LANGUAGES, translate

blueprint = Blueprint("printed", __name__, template_folder="pages")
DIGITS = 9


@blueprint.get("/templates/<template_id>/printed")
@allow()
def show_printed(template_id: str) -> str:
    """A draft as a document to read and to print; `?version=3` a version, `?language=en` in another language."""
    source = source_of(current_session(), current_actor(), template_id, _version(request.args.get("version")))
    language = _language(request.args.get("language"))
    return render_template(
        "printed.html",
        source=source,
        edition=source.edition,
        procedure=procedure_of(source.edition.document, language),
        spoken=language,
        languages=LANGUAGES,
        say=lambda key, **values: translate(language, f"printed.{key}", **values),
    )


def _version(given: str | None) -> int | None:
    if given is None:
        return None
    if not (given.isascii() and given.isdigit()) or len(given) > DIGITS:
        raise Missing
    return int(given)


def _language(given: str | None) -> str:
    """The one asked for if the product speaks it, else the reader's own."""
    return given if given in LANGUAGES else current_language()
