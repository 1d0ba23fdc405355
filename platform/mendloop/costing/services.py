"""What other features and the views may ask of costing."""

from mendloop.costing.book import Book, Settings, book_of
from mendloop.costing.details import (
    CoverageDetails,
    DayDetails,
    ExtraDetails,
    PriceDetails,
    RateDetails,
    Reach,
    SettingsDetails,
)
from mendloop.costing.extras import add_extra, agree_discount, take_back_extra, was_extra
from mendloop.costing.facts import Fact
from mendloop.costing.feed import CostChange, amounts_of, changes_after
from mendloop.costing.keeping import changed_since, glance, keep_up, look_again, waiting
from mendloop.costing.margins import GROUPS, WHOLE_REPAIRS, Earned, Margin, earned, margins, names_of, total
from mendloop.costing.open_orders import left_to_tell
from mendloop.costing.register import (
    add_coverage,
    add_price,
    add_rate,
    change_settings,
    register_of,
    set_days,
    take_back,
    was_laid_down,
)
from mendloop.costing.revisions import revise, revision_of, revisions

__all__ = [
    "GROUPS",
    "WHOLE_REPAIRS",
    "Book",
    "CostChange",
    "CoverageDetails",
    "DayDetails",
    "Earned",
    "ExtraDetails",
    "Fact",
    "Margin",
    "PriceDetails",
    "RateDetails",
    "Reach",
    "Settings",
    "SettingsDetails",
    "add_coverage",
    "add_extra",
    "add_price",
    "add_rate",
    "agree_discount",
    "amounts_of",
    "book_of",
    "change_settings",
    "changed_since",
    "changes_after",
    "earned",
    "glance",
    "keep_up",
    "left_to_tell",
    "look_again",
    "margins",
    "names_of",
    "register_of",
    "revise",
    "revision_of",
    "revisions",
    "set_days",
    "take_back",
    "take_back_extra",
    "total",
    "waiting",
    "was_extra",
    "was_laid_down",
]
