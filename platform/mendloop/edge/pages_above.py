"""Opening an address that only a form is sent to: whoever reloads after a refusal comes to the page with the form."""

from collections.abc import Iterator

from flask import Request
from werkzeug.routing import MapAdapter


def page_above(request: Request, addresses: MapAdapter) -> str | None:
    """The nearest page above the address that was asked for; none where a page was not what was asked for."""
    if request.method not in ("GET", "HEAD"):
        return None
    return next((path for path in _above(request.path) if addresses.test(path, "GET")), None)


def _above(path: str) -> Iterator[str]:
    """From the nearest up to the first page of all. Two slashes at its beginning would be another host."""
    parts = [part for part in path.split("/") if part]
    for length in range(len(parts) - 1, 0, -1):
        yield "/" + "/".join(parts[:length])
    yield "/"
