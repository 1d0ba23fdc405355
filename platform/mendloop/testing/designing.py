"""Somebody at the designer: their calls to the API of drafts, as the application makes them."""

import copy
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from mendloop.library.demo import builtin_templates_folder
from mendloop.testing.visitor import Visitor

Document = dict[str, Any]


@dataclass
class Desk:
    """One browser tab with one template; it remembers the revision that it has seen."""

    visitor: Visitor
    template_id: str
    session: str = ""
    revision: int = 0
    document: Document = field(default_factory=dict)

    def get(self, what: str, **options: Any) -> TestResponse:
        """Ask for a part of the template: draft, versions, rights …"""
        return self.visitor.get(self.path(what), **options)

    def send(self, method: str, what: str, body: Any = None) -> TestResponse:
        """Send JSON, its keys in their order, as browsers do."""
        if body is None:
            return self.visitor.send(method, self.path(what))
        text = json.dumps(body, ensure_ascii=False)
        return self.visitor.send(method, self.path(what), data=text.encode(), content_type="application/json")

    def path(self, what: str) -> str:
        """The address of a part."""
        return f"/api/v1/templates/{self.template_id}{'/' if what else ''}{what}"

    def open(self) -> Document:
        """Read the draft, and go on from there."""
        answer = self.get("draft")
        assert answer.status_code == 200, answer.text  # noqa: S101 - this is a part for tests
        found: Document = answer.json or {}
        self.revision, self.document = found["revision"], found["document"]
        return found

    def save(self, document: Document, layout: Any = None, expected: int | None = None, note: str = "") -> TestResponse:
        """Save; a save that was taken counts from now on."""
        body = {
            "expected_revision": self.revision if expected is None else expected,
            "document": document,
            "layout": layout or {},
            "session": self.session,
            "note": note,
        }
        answer = self.send("PUT", "draft", body)
        if answer.status_code == 200:
            self.revision, self.document = (answer.json or {})["revision"], document
        return answer

    def publish(self, note: str = "", acknowledged: Any = ()) -> TestResponse:
        """Publish what was seen last."""
        body = {"expected_revision": self.revision, "note": note, "acknowledged": list(acknowledged)}
        return self.send("POST", "publish", body)


def sit_down(visitor: Visitor, start: Any = None, session: str = "tab-1") -> Desk:
    """Begin a template (the phone's, unless something else is said) and open it."""
    answer = visitor.send("POST", "/api/v1/templates", json=start or {"from": "builtin:phone.screen_replacement"})
    assert answer.status_code == 201, answer.text  # noqa: S101
    desk = Desk(visitor, (answer.json or {})["template_id"], session)
    desk.open()
    return desk


def retitled(document: Document, words: str) -> Document:
    """The same under another title."""
    return {**copy.deepcopy(document), "title": {"zh-CN": words, "en": words}}


def codes_of(answer: TestResponse) -> list[str]:
    """The codes of all problems that were answered."""
    return [problem["code"] for problem in json.loads(answer.data)["problems"]]


def builtin_document(name: str) -> Document:
    """A built-in template, by trade and file: `phone/screen_replacement`."""
    file: Path = builtin_templates_folder() / f"{name}.json"
    document: Document = json.loads(file.read_text(encoding="utf-8"))
    return document
