"""Answers that hold whole documents: put together as text, since the documents lie there as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from flask import after_this_request
from werkzeug.wrappers import Response

from mendloop.api.answers import json_response, problem_response
from mendloop.drafts.store import DraftChanged
from mendloop.edge.compression import compress


def answer_with(facts: Mapping[str, Any], raw: Mapping[str, str | None], status: int = 200) -> Response:
    """A JSON object of `facts` and of members that are JSON texts already; it is compressed, and holds no secret."""
    after_this_request(compress)
    return json_response(_joined(json.dumps(facts, ensure_ascii=False), raw), status)


def conflict_answer(changed: DraftChanged) -> Response:
    """409 as problem+json, with what is saved now, and what the refused save was made from, where that is kept."""
    after_this_request(compress)
    response = problem_response(changed.status, changed.problems)
    current, base = changed.current, changed.base
    facts = {
        **json.loads(response.get_data()),
        "revision": current.revision,
        "saved_at": current.saved_at.isoformat(),
        "saved_by": current.saved_by,
        "saved_by_name": changed.saved_by_name,
        "session": current.session,
    }
    raw = {
        "document": current.document,
        "layout": current.layout,
        "base": base.document if base else None,
        "base_layout": base.layout if base else None,
    }
    response.set_data(_joined(json.dumps(facts, ensure_ascii=False), raw))
    return response


def _joined(facts: str, raw: Mapping[str, str | None]) -> str:
    members = ",".join(f"{json.dumps(name)}:{'null' if text is None else text}" for name, text in raw.items())
    return f"{facts[:-1]},{members}}}"
