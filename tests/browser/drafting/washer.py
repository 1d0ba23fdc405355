"""The washing machine's template, as the tests of saving open it."""

from typing import Any

from mendloop.testing.designer_tab import DesignerTab

WASHER = {"from": "builtin:washing_machine.does_not_drain"}
API = "**/api/v1/templates/*/draft"
"""Where drafts are read and saved."""


def title_of(document: dict[str, Any]) -> str:
    """The English one."""
    return str(document["title"]["en"])


def opened(tab: DesignerTab) -> str:
    """The id of a template that was begun just now, and is open and saved."""
    template = tab.begin(WASHER)
    tab.open(template).saved()
    return template
