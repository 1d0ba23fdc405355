"""A template as JSON: the document itself, or one exported with the places of its nodes."""

from typing import Any, ClassVar

from mendloop.edge.json_guard import read_json
from mendloop.importing.registry import Imported, Importer
from mendloop.problems import Problem, Refusal

MARK = b"\xef\xbb\xbf"
"""What some editors put in front of UTF-8."""


class JsonDocument(Importer):
    """What can be opened as a draft is opened; what else is wrong with it is told beside it."""

    name = "json"
    suffixes: ClassVar[tuple[str, ...]] = (".json",)

    def sniff(self, content: bytes) -> bool:
        """JSON of an object begins with a brace."""
        return content.removeprefix(MARK).lstrip()[:1] == b"{"

    def read(self, content: bytes, stem: str) -> Imported:  # noqa: ARG002 - the document has its own name
        """The document in the file."""
        found = read_json(content.removeprefix(MARK))
        layout = None
        if isinstance(found, dict) and isinstance(found.get("document"), dict):
            layout = found.get("layout")
            found = found["document"]
        _must_be_a_draft(found)
        return Imported(found, layout=layout if isinstance(layout, dict) else None)


def _must_be_a_draft(found: Any) -> None:
    if not isinstance(found, dict):
        raise Refusal(Problem("template.not_an_object"))
    if found.get("format") != 1 or isinstance(found["format"], bool):
        raise Refusal(Problem("template.format_unknown", "/format", params={"format": found.get("format")}))
    if not isinstance(found.get("nodes"), dict):
        raise Refusal(Problem("import.no_nodes", "/nodes"))
