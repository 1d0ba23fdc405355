"""The answers of the API that a page of the designer brings along."""

from collections.abc import Iterator

from mendloop.designer_pages.bundle import is_template
from mendloop.pages.enclosing import Enclosed, enclosed_answer, enclosed_session, may_enclose


def enclosed_for(screen: str) -> tuple[Enclosed, ...]:
    """What `screen` will ask for first, as far as this person may have it; nothing where a program keeps the page."""
    return tuple(_ask(screen)) if may_enclose() else ()


def _ask(screen: str) -> Iterator[Enclosed]:
    yield from enclosed_session()
    if is_template(screen) and "/" not in screen:
        yield from enclosed_answer(f"/templates/{screen}/draft")
