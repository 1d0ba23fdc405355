"""Pages of knowledge. Each module here puts its own routes on the blueprint."""

from mendloop.knowledge import (
    act_views,
    article_views,
    case_views,
    edit_views,
    picture_views,
    settings_views,
    showing,
)
from mendloop.knowledge.blueprint import blueprint

PAGES = (showing, case_views, edit_views, act_views, article_views, picture_views, settings_views)

__all__ = ["PAGES", "blueprint"]
