"""What is laid down about costs, over the API: settings, rates, prices, who pays, special days."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, SUPERVISOR, Actor
from mendloop.api import Api, current_actor, current_session
from mendloop.costing import facts, services
from mendloop.costing import register_shapes as shapes
from mendloop.costing.register_pages import settings_data
from mendloop.costing.register_shapes import said_out
from mendloop.database import run_write
from mendloop.problems import Missing

T = TypeVar("T")
P = ParamSpec("P")
api = Api("costing")
READERS = (OWNER, SUPERVISOR)
REACH = set(shapes.ReachIn.model_fields)


@api.get("/costs/settings", roles=READERS, summary="The settings of costs.", response=shapes.SettingsBody)
def get_settings() -> shapes.SettingsBody:
    return shapes.SettingsBody(**settings_data(services.book_of(current_session(), current_actor()).settings))


@api.put(
    "/costs/settings",
    roles=READERS,
    summary="Lay down the settings of costs; all of them.",
    request=shapes.SettingsIn,
    response=shapes.SettingsBody,
)
def put_settings(body: shapes.SettingsIn) -> shapes.SettingsBody:
    given = body.model_dump(exclude=REACH)
    hours = {day: given.pop(f"hours_{day}") for day in range(7)}
    write(services.change_settings, services.SettingsDetails(hours=hours, **given), reach=_reach(body))
    return get_settings()


@api.get("/costs/rates", roles=READERS, summary="Rate cards that hold.", response=shapes.RatesOut)
def get_rates() -> shapes.RatesOut:
    return shapes.RatesOut(rates=_standing(facts.RATE, shapes.RateOut))


@api.post(
    "/costs/rates",
    roles=READERS,
    summary="Add a rate card; the same key again is the same card.",
    request=shapes.RateIn,
    response=shapes.RateOut,
    status=201,
)
def post_rate(body: shapes.RateIn) -> shapes.RateOut:
    details = services.RateDetails(**body.model_dump(exclude={"key", *REACH}))
    return said_out(shapes.RateOut, write(services.add_rate, details, body.key, reach=_reach(body)))


@api.post("/costs/rates/<key>/take-back", roles=READERS, summary="A rate card holds no more.", request=shapes.ReachIn)
def post_rate_back(key: str, body: shapes.ReachIn) -> None:
    _take_back(facts.RATE, key, body)


@api.get("/costs/prices", roles=READERS, summary="Prices of parts that hold.", response=shapes.PricesOut)
def get_prices() -> shapes.PricesOut:
    return shapes.PricesOut(prices=_standing(facts.PRICE, shapes.PriceOut))


@api.post(
    "/costs/prices",
    roles=READERS,
    summary="Add the price of a part; the same key again is the same price.",
    request=shapes.PriceIn,
    response=shapes.PriceOut,
    status=201,
)
def post_price(body: shapes.PriceIn) -> shapes.PriceOut:
    details = services.PriceDetails(**body.model_dump(exclude={"key", *REACH}))
    return said_out(shapes.PriceOut, write(services.add_price, details, body.key, reach=_reach(body)))


@api.post("/costs/prices/<key>/take-back", roles=READERS, summary="A price holds no more.", request=shapes.ReachIn)
def post_price_back(key: str, body: shapes.ReachIn) -> None:
    _take_back(facts.PRICE, key, body)


@api.get("/costs/coverage", roles=READERS, summary="Rules of who pays that hold.", response=shapes.CoveragesOut)
def get_coverage() -> shapes.CoveragesOut:
    return shapes.CoveragesOut(coverage=_standing(facts.COVERAGE, shapes.CoverageOut))


@api.post(
    "/costs/coverage",
    roles=READERS,
    summary="Add a rule of who pays; the same key again is the same rule.",
    request=shapes.CoverageIn,
    response=shapes.CoverageOut,
    status=201,
)
def post_coverage(body: shapes.CoverageIn) -> shapes.CoverageOut:
    given = body.model_dump(exclude={"key", *REACH}) | {"kinds": tuple(body.kinds)}
    details = services.CoverageDetails(**given)
    return said_out(shapes.CoverageOut, write(services.add_coverage, details, body.key, reach=_reach(body)))


@api.post(
    "/costs/coverage/<key>/take-back",
    roles=READERS,
    summary="A rule of who pays holds no more.",
    request=shapes.ReachIn,
)
def post_coverage_back(key: str, body: shapes.ReachIn) -> None:
    _take_back(facts.COVERAGE, key, body)


@api.get("/costs/calendar", roles=READERS, summary="Special days.", response=shapes.DaysOut)
def get_calendar() -> shapes.DaysOut:
    days = _standing(facts.DAY, shapes.DayOut)
    return shapes.DaysOut(days=sorted(days, key=lambda day: day.key))


@api.put(
    "/costs/calendar",
    roles=READERS,
    summary="Say what kind of days these are; asking again is harmless.",
    request=shapes.DaysIn,
    response=shapes.DaysOut,
)
def put_calendar(body: shapes.DaysIn) -> shapes.DaysOut:
    write(services.set_days, services.DayDetails(**body.model_dump(exclude=REACH)), reach=_reach(body))
    return get_calendar()


@api.post(
    "/costs/calendar/<day>/take-back", roles=READERS, summary="A day is an ordinary one again.", request=shapes.ReachIn
)
def post_day_back(day: str, body: shapes.ReachIn) -> None:
    _take_back(facts.DAY, day, body)


def write(act: Callable[Concatenate[Session, Actor, P], T], *given: P.args, **named: P.kwargs) -> T:
    """Do it in a write transaction of its own; again, when the database asks for that."""
    session, actor = current_session(), current_actor()
    return run_write(session, lambda: act(session, actor, *given, **named))


def _standing(kind: str, make: Callable[..., T]) -> list[T]:
    return [said_out(make, fact) for fact in services.register_of(current_session(), current_actor(), kind)]


def _reach(body: shapes.ReachIn) -> services.Reach:
    return services.Reach(body.closed, body.why)


def _take_back(kind: str, key: str, body: shapes.ReachIn) -> None:
    """What was taken back before is taken back."""
    try:
        write(services.take_back, kind, key, _reach(body))
    except Missing:
        if not services.was_laid_down(current_session(), current_actor(), kind, key):
            raise
