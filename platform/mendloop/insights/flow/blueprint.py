"""Where the pages of this room hang, and who may open them."""

from flask import Blueprint

from mendloop.accounts.actor import OWNER, SUPERVISOR, VIEWER
from mendloop.insights.tabs import TABS, Tab

blueprint = Blueprint("insights_flow", __name__, url_prefix="/insights/flow", template_folder="pages")
READERS = (OWNER, SUPERVISOR, VIEWER)
KEEPERS = (OWNER, SUPERVISOR)
PLACES = (
    ("show_flow", "flow"),
    ("show_variants", "variants"),
    ("show_comparison", "comparison"),
    ("show_failures", "failures"),
    ("list_logs", "logs"),
)
"""Views that one gets to from every page here, with what they are called."""

TABS.append(Tab("flow", "insights_flow.show_flow"))
