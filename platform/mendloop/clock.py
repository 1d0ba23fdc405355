"""The host's clock. The engine has none: it is given the time."""

import datetime as dt


def utc_now() -> dt.datetime:
    """This instant, in UTC."""
    return dt.datetime.now(dt.UTC)
