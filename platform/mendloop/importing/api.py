"""Importing over the API."""

from typing import Any

from flask import request
from pydantic import BaseModel

from mendloop.accounts.actor import DESIGNER, OWNER
from mendloop.api import Api
from mendloop.checking.answers import FoundOut, found_out
from mendloop.config import Config
from mendloop.importing import services
from mendloop.importing.registry import LeftOut
from mendloop.problems import Problem, Refusal, TooLarge

api = Api("importing")


def file_bytes(_config: Config) -> int:
    """How large a request with a file may be."""
    return services.MOST_BYTES


class LeftOutOut(BaseModel):
    """Something of the file that is not in the draft; `row` counts from 1, `column` is a letter."""

    sheet: str
    row: int | None
    column: str | None
    text: str
    why: str
    message: dict[str, str]


class ImportOut(BaseModel):
    """The draft, everything that is wrong with it, and what was left out."""

    document: dict[str, Any]
    layout: dict[str, Any] | None
    problems: list[FoundOut]
    left_out: list[LeftOutOut]


@api.post(
    "/templates/import",
    roles=(DESIGNER, OWNER),
    request_media="multipart/form-data",
    response=ImportOut,
    max_bytes=file_bytes,
    summary="A draft from a file (part `file`): a template as JSON, or a checklist in Excel. Nothing is stored.",
)
def import_template() -> ImportOut:
    file = request.files.get("file")
    if file is None:
        raise Refusal(Problem("import.no_file"))
    content = file.stream.read(services.MOST_BYTES + 1)
    if len(content) > services.MOST_BYTES:
        raise TooLarge(Problem("body_too_large", params={"limit": services.MOST_BYTES}))
    draft = services.import_file(file.filename or "", content)
    return ImportOut(
        document=dict(draft.imported.document),
        layout=dict(draft.imported.layout) if draft.imported.layout is not None else None,
        problems=[found_out(problem, draft.checked.run_of(problem)) for problem in draft.checked.problems],
        left_out=[_left_out(each) for each in draft.imported.left_out],
    )


def _left_out(left: LeftOut) -> LeftOutOut:
    words = services.why(left)
    return LeftOutOut(sheet=left.sheet, row=left.row, column=left.column, text=left.text, why=left.why, message=words)
