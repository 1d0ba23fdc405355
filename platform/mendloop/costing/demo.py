"""What hours cost and who pays in the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendloop.costing import services

if TYPE_CHECKING:
    from mendloop.demo import Demo

SINCE = "2026-01-01"
HOURS = {day: "09:00-12:00, 13:00-18:00" if day < 5 else "" for day in range(7)}
PERCENTS = {"overhead_percent": "8", "overhead_fixed": "0", "markup_percent": "30", "tax_percent": "13"}


def load_demo(demo: Demo) -> None:
    """Lay it down, unless somebody has laid down anything."""
    session, actor = demo.session, demo.supervisor
    if services.book_of(session, actor).settings_source:
        return
    services.change_settings(session, actor, services.SettingsDetails("CNY", HOURS, "1.5", "2", "3", "120", **PERCENTS))
    for rate in (
        services.RateDetails("cost", "90", SINCE),
        services.RateDetails("cost", "45", SINCE, kind="travel"),
        services.RateDetails("cost", "110", SINCE, skill="inspector"),
        services.RateDetails("price", "180", SINCE),
        services.RateDetails("price", "90", SINCE, kind="travel"),
        services.RateDetails("price", "60", SINCE, kind="waiting"),
    ):
        services.add_rate(session, actor, rate)
    for rule in (
        services.CoverageDetails("保修 · Warranty", ("labour.work", "part"), "manufacturer", warranty=True),
        services.CoverageDetails("保修上门 · Call-out", ("labour.travel", "labour.waiting"), "us", warranty=True),
    ):
        services.add_coverage(session, actor, rule)
    services.set_days(session, actor, services.DayDetails("2027-01-01", "holiday", "元旦 · New Year"))
