"""By which pieces of the app the open steps of an order are shown, so that the page can name them.

The app itself knows it by `registerWidget` in platform/fields; a piece that is not named here only comes a round later.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mendloop.runner_pages.enclosed import Enclosed

AT_ONCE = frozenset({"text", "long_text", "integer", "number", "date"})
EVIDENCE = frozenset({"photo", "safety_gate", "scan", "parts", "signature"})
ANSWERS_PIECE = "../fields/src/pieces/answers.ts"
EVIDENCE_PIECE = "../fields/src/pieces/evidence.ts"


def pieces_for(enclosed: Iterable[Enclosed]) -> tuple[str, ...]:
    """The sources of the pieces; none where the page shows no order."""
    found = {answer.path.split("/")[1]: answer for answer in enclosed}
    if not found.keys() >= {"orders", "plans"}:
        return ()
    active = json.loads(found["orders"].content)["state"]["active"].values()
    nodes = json.loads(found["plans"].content)["nodes"]
    fields = [field for visit in active for field in nodes[visit["node"]].get("fields", ())]
    return tuple(sorted({piece for field in fields for piece in _pieces(field)}))


def _pieces(field: dict[str, Any]) -> Iterator[str]:
    if field["type"] in EVIDENCE:
        yield EVIDENCE_PIECE
    if field["type"] not in EVIDENCE | AT_ONCE or field.get("value") is not None:
        yield ANSWERS_PIECE
    for column in field.get("settings", {}).get("columns", ()):
        yield from _pieces(column)
