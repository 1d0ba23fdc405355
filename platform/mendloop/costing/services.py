"""What other features and the views may ask of costing."""

from mendloop.costing.book import Book, Settings
from mendloop.costing.facts import Fact
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

__all__ = [
    "Book",
    "CoverageDetails",
    "DayDetails",
    "Fact",
    "PriceDetails",
    "RateDetails",
    "Settings",
    "SettingsDetails",
    "add_coverage",
    "add_price",
    "add_rate",
    "book_of",
    "change_settings",
    "register_of",
    "set_days",
    "take_back",
]
