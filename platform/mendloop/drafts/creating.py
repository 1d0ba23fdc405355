"""Beginning a template: from blank, from a built-in one, from one of the company's own, from a document."""

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.drafts.builtins import builtin_documents
from mendloop.drafts.content import Content, content_of
from mendloop.drafts.copying import title_of_copy
from mendloop.drafts.rights import access_for, give_own
from mendloop.drafts.store import Origin, begin_draft, current_revision, ensure_draft, remove_draft
from mendloop.library import services as library
from mendloop.library.services import Template
from mendloop.problems import Missing, Problem, Refusal
from mendloop.words import LANGUAGES, only_in

BLANK, BUILTIN, TEMPLATE = "blank", "builtin", "template"
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
LONGEST_KEY = 120
USUAL_KEY = "template"


@dataclass(frozen=True, slots=True)
class Start:
    """What a template begins with: `source` is `blank`, `builtin:<key>` or `template:<id>`, unless a document is given.
    A key that is not given is made from the source's own, so that it is free, and the title of a copy of an own one."""

    source: str = BLANK
    key: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    document: Mapping[str, Any] | None = None
    layout: Mapping[str, Any] = field(default_factory=dict)


def create_template(session: Session, actor: Actor, start: Start) -> Template:
    """Make the template and its draft; who makes it owns it."""
    source = _source(session, actor, start)
    document = copy.deepcopy(dict(source.document))
    document["key"] = _key(session, actor, start, document.get("key"))
    if words := {language: start.title[language] for language in LANGUAGES if start.title.get(language)}:
        document["title"] = words
        if _is_blank(start):
            document = _written_in(words, document)
    elif _is_copy(start) and source.title:
        document["title"] = {**document["title"], **title_of_copy(session, actor, source.title)}
    template = library.add_template(session, actor, document["key"])
    begin_draft(session, actor, template.id, content_of(document, source.layout), Origin("created"))
    give_own(session, actor, template.id)
    return template


def delete_template(session: Session, actor: Actor, template_id: str) -> None:
    """Take a template away that was never published, with everything that belongs to it."""
    template = access_for(session, actor, template_id, "own")
    if template.latest_version_id is None:
        remove_draft(session, actor, template_id)
    library.remove_template(session, template)


def archive_template(session: Session, actor: Actor, template_id: str, archived: bool) -> None:
    """Offer a template no more, or again."""
    library.archive_template(session, access_for(session, actor, template_id, "own"), archived)


def blank_document() -> dict[str, Any]:
    """The smallest flow that has no problem: one step, one end."""
    return {
        "format": 1,
        "key": USUAL_KEY,
        "title": {"zh-CN": "新模板", "en": "New template"},
        "roles": {"engineer": {"title": {"zh-CN": "维修工程师", "en": "Engineer"}}},
        "start": "step_1",
        "nodes": {
            "step_1": {
                "kind": "step",
                "role": "engineer",
                "title": {"zh-CN": "第一步", "en": "First step"},
                "fields": [],
                "next": [{"to": "done"}],
            },
            "done": {"kind": "end", "title": {"zh-CN": "完成", "en": "Done"}, "outcome": "repaired"},
        },
    }


def _is_blank(start: Start) -> bool:
    return start.document is None and start.source == BLANK


def _is_copy(start: Start) -> bool:
    """Of one of the company's own, which stands beside it in every list."""
    return start.document is None and start.source.startswith(f"{TEMPLATE}:")


def _written_in(words: Mapping[str, str], document: Mapping[str, Any]) -> dict[str, Any]:
    """A blank template whose title is given in one language is written in that one, until somebody adds the other; it
    hides no words of the other, which nobody would see and people would read."""
    if len(words) == len(LANGUAGES):
        return dict(document)
    return {**only_in(tuple(words), document), "languages": list(words)}


def _source(session: Session, actor: Actor, start: Start) -> Content:
    if start.document is not None:
        return content_of(start.document, start.layout)
    kind, _, name = start.source.partition(":")
    if kind == BLANK and not name:
        return content_of(blank_document())
    if kind == BUILTIN and name in builtin_documents():
        return content_of(builtin_documents()[name])
    if kind == TEMPLATE and name:
        return _own_template(session, actor, name)
    raise Refusal(Problem("draft.source_unknown", at="/from"))


def _own_template(session: Session, actor: Actor, template_id: str) -> Content:
    try:
        template = access_for(session, actor, template_id, "view")
    except Missing as missing:
        raise Refusal(Problem("draft.source_unknown", at="/from")) from missing
    ensure_draft(session, actor, template)
    revision = current_revision(session, actor, template_id)
    return content_of(json.loads(revision.document), json.loads(revision.layout))


def _key(session: Session, actor: Actor, start: Start, own: object) -> str:
    if not start.key:
        return free_key(session, actor, own if isinstance(own, str) and _is_key(own) else USUAL_KEY)
    if not _is_key(start.key):
        raise Refusal(Problem("template.key_invalid", at="/key"))
    if library.template_by_key(session, actor, start.key) is not None:
        raise Refusal(Problem("template.key_taken", at="/key", params={"key": start.key}))
    return start.key


def free_key(session: Session, actor: Actor, wanted: str) -> str:
    """`wanted`, or with the first number behind it that makes it free."""
    taken = {template.key for template in library.all_templates(session, actor)}
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted[: LONGEST_KEY - 8]}_{number}"
    return key


def _is_key(text: str) -> bool:
    return len(text) <= LONGEST_KEY and bool(KEY.fullmatch(text))
