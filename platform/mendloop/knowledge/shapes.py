"""What the API says of cases and articles."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

Texts = dict[str, Annotated[str, Field(max_length=8000)]]
"""By language."""


class CaseOut(BaseModel):
    """A case in a list. `version` is the number of its newest published version, 0 for none."""

    id: str
    status: Literal["draft", "review", "published", "merged", "retired", "dismissed"]
    version: int
    title: dict[str, str]
    product: str
    template: str
    faults: list[str]
    author: str
    author_name: str
    changed_at: dt.datetime
    published_at: dt.datetime | None
    order: str | None
    merged_into: str | None
    successor: str | None


class CasesOut(BaseModel):
    """A page of cases, and how many there are in all."""

    cases: list[CaseOut]
    total: int
    page: int


class FullCaseOut(CaseOut):
    """A case with all it says. `revision` is that of its draft; `helped` of `votes` said that it helped."""

    revision: int
    content: dict[str, Any]
    helped: int
    votes: int


class CasesQuery(BaseModel):
    """What is wanted; empty means all."""

    status: str = "published"
    product: str = Field("", max_length=200)
    fault: str = Field("", max_length=60)
    template: str = Field("", max_length=120)
    page: int = Field(1, ge=1)


class CaseEditIn(BaseModel):
    """What is written into a draft: texts by language; those not named stay. `revision` is the one that was read."""

    revision: int
    title: Texts = Field(default_factory=dict)
    symptom: Texts = Field(default_factory=dict)
    cause: Texts = Field(default_factory=dict)
    remedy: Texts = Field(default_factory=dict)
    faults: list[str] | None = None
    cause_codes: list[str] | None = None
    remedy_codes: list[str] | None = None


class CaseActIn(BaseModel):
    """What is done with a case. `publish` and `submit` want the `revision` that was read, `merge` and `retire` the id
    of the case that stands instead (`into`), `send_back` a `note`, `restore_version` the `version`."""

    act: Literal[
        "submit", "publish", "send_back", "dismiss", "take_up", "merge", "retire", "restore", "restore_version"
    ]
    revision: int = 0
    note: str = Field("", max_length=2000)
    into: str | None = None
    version: int = 0


class ArticleOut(BaseModel):
    """An article or a bulletin. The text is Markdown."""

    id: str
    kind: Literal["article", "bulletin"]
    status: str
    version: int
    title: dict[str, str]
    body: dict[str, str]
    products: list[str]
    faults: list[str]
    changed_at: dt.datetime


class ArticlesOut(BaseModel):
    """Articles and bulletins."""

    articles: list[ArticleOut]


class ArticlesQuery(BaseModel):
    """What is wanted; `product` finds what is about it, about its family, or about everything."""

    kind: Literal["", "article", "bulletin"] = ""
    product: str = Field("", max_length=200)
    fault: str = Field("", max_length=60)
