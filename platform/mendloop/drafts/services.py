"""What views, and other features, may ask of drafts."""

from mendloop.accounts.services import names_of_people
from mendloop.drafts.content import Content, content_of
from mendloop.drafts.creating import Start, archive_template, create_template, delete_template
from mendloop.drafts.gallery import Listed, list_designable, unpublished
from mendloop.drafts.names import name_of
from mendloop.drafts.picture import draw as draw_flow
from mendloop.drafts.presence import Present, be_present, leave, who_is_here
from mendloop.drafts.publishing import Acknowledged, Publication, publish_document, publish_draft
from mendloop.drafts.reading import (
    draft_picture,
    draft_revision,
    draft_title,
    latest_number,
    list_builtins,
    open_draft,
    versions_of,
)
from mendloop.drafts.restoring import list_revisions, read_revision, read_version, restore_revision, restore_version
from mendloop.drafts.rights import (
    PersonsRight,
    access_for,
    change_rights,
    included,
    includes,
    list_rights,
    right_of,
    rights_of_everybody,
)
from mendloop.drafts.running import running_orders
from mendloop.drafts.store import DraftChanged, Origin, Saved, save_draft
from mendloop.library.services import TemplateVersion

__all__ = [
    "Acknowledged",
    "Content",
    "DraftChanged",
    "Listed",
    "Origin",
    "PersonsRight",
    "Present",
    "Publication",
    "Saved",
    "Start",
    "TemplateVersion",
    "access_for",
    "archive_template",
    "be_present",
    "change_rights",
    "content_of",
    "create_template",
    "delete_template",
    "draft_picture",
    "draft_revision",
    "draft_title",
    "draw_flow",
    "included",
    "includes",
    "latest_number",
    "leave",
    "list_builtins",
    "list_designable",
    "list_revisions",
    "list_rights",
    "name_of",
    "names_of_people",
    "open_draft",
    "publish_document",
    "publish_draft",
    "read_revision",
    "read_version",
    "restore_revision",
    "restore_version",
    "right_of",
    "rights_of_everybody",
    "running_orders",
    "save_draft",
    "unpublished",
    "versions_of",
    "who_is_here",
]
