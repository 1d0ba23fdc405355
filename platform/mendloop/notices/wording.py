"""What waits, in the words of one reader: their language, their organisation's clock."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from mendloop.clock import utc_now
from mendloop.notices.sources import Value, Waiting
from mendloop.words import local, translate


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads."""

    language: str
    zone: dt.tzinfo

    def say(self, key: str, /, **values: object) -> str:
        """The words for `key`."""
        return translate(self.language, key, **values)

    def line(self, waiting: Waiting) -> str:
        """What waits, in one line."""
        values = {name: self._value(value) for name, value in waiting.values.items()}
        return self.say(f"notice_line.{waiting.words or waiting.kind}", count=waiting.count, **values)

    def instant(self, instant: dt.datetime) -> str:
        """Hour and minute, with the day unless it is today."""
        told, today = instant.astimezone(self.zone), utc_now().astimezone(self.zone).date()
        if told.date() == today:
            return told.strftime("%H:%M")
        return told.strftime("%m-%d %H:%M" if told.year == today.year else "%Y-%m-%d %H:%M")

    def _value(self, value: Value) -> object:
        if isinstance(value, dt.datetime):
            return self.instant(value)
        return local(value, self.language) if isinstance(value, Mapping) else value
