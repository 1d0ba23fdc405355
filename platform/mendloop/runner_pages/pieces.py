"""By which pieces of the app an order is read and its open steps are shown, so that the page can name them.

The app knows it by `registerWidget` in platform/fields, and by `areSimple` and `sayMore` in engine/web; a piece that is
not named here only comes a round later.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from mendloop.runner_pages.enclosed import Enclosed

AT_ONCE = frozenset({"text", "long_text", "integer", "number", "date"})
EVIDENCE = frozenset({"photo", "safety_gate", "scan", "parts", "signature"})
ANSWERS_PIECE = "../fields/src/pieces/answers.ts"
EVIDENCE_PIECE = "../fields/src/pieces/evidence.ts"

ENGINE_PIECE = "../../engine/web/src/further.ts"
SIMPLE = frozenset({"instruction", "text", "long_text", "integer", "number", "boolean", "choice"})
MORE = re.compile(
    r'"(timestamp|duration|order|now|uint|bytes|dyn|map)"|"program":\{'
    r'|\["(call|matches|all|exists|exists_one|filter|map|mapping|uint|bytes|type)",'
)


def pieces_for(enclosed: Iterable[Enclosed]) -> tuple[str, ...]:
    """The sources of the pieces; none where the page shows no order."""
    found = {answer.path.split("/")[1]: answer for answer in enclosed}
    if not found.keys() >= {"orders", "plans"}:
        return ()
    active = json.loads(found["orders"].content)["state"]["active"].values()
    nodes = json.loads(found["plans"].content)["nodes"]
    fields = [field for visit in active for field in nodes[visit["node"]].get("fields", ())]
    return tuple(sorted({*_of_engine(nodes), *(piece for field in fields for piece in _pieces(field))}))


def _of_engine(nodes: dict[str, Any]) -> Iterator[str]:
    """What the whole plan needs, whichever step is open."""
    text = json.dumps(nodes, separators=(",", ":"), ensure_ascii=False)
    if MORE.search(text) or set(re.findall(r'"type":"(\w+)"', text)) - SIMPLE:
        yield ENGINE_PIECE


def _pieces(field: dict[str, Any]) -> Iterator[str]:
    if field["type"] in EVIDENCE:
        yield EVIDENCE_PIECE
    if field["type"] not in EVIDENCE | AT_ONCE or field.get("value") is not None:
        yield ANSWERS_PIECE
    for column in field.get("settings", {}).get("columns", ()):
        yield from _pieces(column)
