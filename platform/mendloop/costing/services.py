"""What other features and the views may ask of costing."""

from mendloop.costing.book import Book, Settings
from mendloop.costing.extras import ExtraDetails, add_extra, agree_discount, take_back_extra
from mendloop.costing.facts import Fact
from mendloop.costing.margins import GROUPS, Margin, margins, total, work_out
from mendloop.costing.register import (
    CoverageDetails,
    DayDetails,
    PriceDetails,
    RateDetails,
    SettingsDetails,
    add_coverage,
    add_price,
    add_rate,
    book_of,
    change_settings,
    register_of,
    set_days,
    take_back,
)
from mendloop.costing.revisions import newest_sheets, revise, revisions

__all__ = [
    "GROUPS",
    "Book",
    "CoverageDetails",
    "DayDetails",
    "ExtraDetails",
    "Fact",
    "Margin",
    "PriceDetails",
    "RateDetails",
    "Settings",
    "SettingsDetails",
    "add_coverage",
    "add_extra",
    "add_price",
    "add_rate",
    "agree_discount",
    "book_of",
    "change_settings",
    "margins",
    "newest_sheets",
    "register_of",
    "revise",
    "revisions",
    "set_days",
    "take_back",
    "take_back_extra",
    "total",
    "work_out",
]
