"""What the API of drafts takes and answers."""

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Revision = Annotated[int, Field(ge=0, le=2**31 - 2)]
SessionName = Annotated[str, Field(min_length=1, max_length=64)]
Note = Annotated[str, Field(max_length=2000)]
Object = dict[str, Any]


class PresentOut(BaseModel):
    """Somebody who has the template open in a browser, and what they look at there."""

    session: str
    person_id: str
    name: str
    selection: Any
    since: dt.datetime


class PeopleOut(BaseModel):
    """Everybody who is here, oneself too, who came first first; `revision` is the draft's, null where there is none."""

    people: list[PresentOut]
    revision: int | None


class PresenceIn(BaseModel):
    """I am here. `session` names the browser tab; `selection` is any JSON of at most 4,000 characters."""

    session: SessionName
    selection: Any = None


class PresenceQuery(BaseModel):
    """Which tab leaves."""

    session: SessionName


class StartIn(BaseModel):
    """What a template begins with: `from` is `blank`, `builtin:<key>` or `template:<id>`; or a document is given."""

    model_config = ConfigDict(populate_by_name=True)

    source: Annotated[str, Field(alias="from", max_length=200)] = "blank"
    key: Annotated[str, Field(max_length=200)] = ""
    title: dict[str, Annotated[str, Field(max_length=200)]] = {}
    document: Object | None = None
    layout: Object = {}


class TemplateMadeOut(BaseModel):
    """The template, whose draft may be read now."""

    template_id: str
    key: str


class DraftOut(BaseModel):
    """A draft as it is now. `rights` are the reader's own; `latest_version` is null before the first publishing.

    `session` is the browser tab that saved it.
    """

    template_id: str
    key: str
    revision: int
    document: Object
    layout: Object
    saved_at: dt.datetime
    saved_by: str
    saved_by_name: str
    session: str
    rights: list[str]
    latest_version: int | None
    archived: bool
    people: list[PresentOut]


class SaveIn(BaseModel):
    """A save. It is refused with 409 when `expected_revision` is not the newest; then the answer holds both sides.

    A save with the same expected revision, content and session as an earlier one is answered as that one was.
    """

    expected_revision: Revision
    document: Object
    layout: Object = {}
    note: Note = ""
    session: Annotated[str, Field(max_length=64)] = ""


class SavedOut(BaseModel):
    """What the server has now."""

    revision: int
    saved_at: dt.datetime


class AcknowledgedIn(BaseModel):
    """A warning that is accepted, and why; without `at` wherever it stands."""

    code: Annotated[str, Field(max_length=100)]
    reason: Annotated[str, Field(max_length=500)]
    at: Annotated[str, Field(max_length=1000)] | None = None


class PublishIn(BaseModel):
    """Which revision is published, with a note for those who read the history."""

    expected_revision: Revision
    note: Note = ""
    acknowledged: Annotated[list[AcknowledgedIn], Field(max_length=500)] = []


class VersionOut(BaseModel):
    """A published version. `draft_revision` is the revision of the draft that it was made of, where that is known."""

    version_id: str
    template_id: str
    number: int
    title: dict[str, str]
    note: str
    published_at: dt.datetime
    published_by: str
    published_by_name: str
    steps: int
    standard_minutes: float
    content_hash: str
    draft_revision: int | None
    acknowledged: list[dict[str, Any]]


class VersionsOut(BaseModel):
    """All versions, newest first."""

    versions: list[VersionOut]


class WholeVersionOut(VersionOut):
    """A version with its content, and where its nodes stood."""

    document: Object
    layout: Object


class RestoreIn(BaseModel):
    """What becomes the draft: a version or an earlier revision; with `expected_revision` if nobody saved since."""

    version_id: Annotated[str, Field(max_length=36)] | None = None
    revision: Revision | None = None
    expected_revision: Revision | None = None


class RevisionOut(BaseModel):
    """A save. `origin`: saved, created, restored (then `note` names what: v3 a version, r12 a revision), published."""

    revision: int
    saved_at: dt.datetime
    saved_by: str
    saved_by_name: str
    origin: str
    note: str


class RevisionsOut(BaseModel):
    """Saves, newest first."""

    revisions: list[RevisionOut]


class RevisionsQuery(BaseModel):
    """The page of those before a revision."""

    before: Revision | None = None


class WholeRevisionOut(RevisionOut):
    """A save with its content."""

    document: Object
    layout: Object


class RunningVersionOut(BaseModel):
    """A version on which orders are open."""

    version_id: str
    number: int
    open_orders: int


class RunningOut(BaseModel):
    """What publishing means for running orders: `policy` is always `stay`, and `message` says it in both languages."""

    versions: list[RunningVersionOut]
    open_orders: int
    policy: str
    message: dict[str, str]


class RightOut(BaseModel):
    """What one person may do; `by_role` is what their roles say, `fixed` when that cannot be changed here."""

    person_id: str
    name: str
    roles: list[str]
    right: str
    by_role: str
    fixed: bool


class RightsOut(BaseModel):
    """Everybody who works here, by name; rights from none over view, edit and publish to own."""

    people: list[RightOut]


class RightsIn(BaseModel):
    """New rights by person id; whoever is not named keeps theirs."""

    people: Annotated[dict[str, Annotated[str, Field(max_length=40)]], Field(max_length=2000)]


class ArchivedIn(BaseModel):
    """Whether the template is offered no more."""

    archived: bool


class DesignableOut(BaseModel):
    """A template for the gallery. `changed`: publishing its draft would make a version; `right`: the reader's own."""

    id: str
    key: str
    title: dict[str, str]
    steps: int
    standard_minutes: float
    saved_at: dt.datetime
    saved_by_name: str
    latest_version: int | None
    changed: bool
    archived: bool
    right: str
    picture: str
    """Where its drawing is; the address changes with every save."""


class DesignablesOut(BaseModel):
    """All that the reader may look at in the designer, what was saved last first."""

    templates: list[DesignableOut]


class BuiltinOut(BaseModel):
    """A template that comes with the product. `picture` is SVG to put into the page: it takes the page's colours."""

    key: str
    title: dict[str, str]
    description: dict[str, str]
    steps: int
    minutes: float
    picture: str


class BuiltinsOut(BaseModel):
    """In the order of their trades."""

    templates: list[BuiltinOut]
