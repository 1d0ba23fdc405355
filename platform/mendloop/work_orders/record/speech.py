"""How a record speaks: the reader's language, the organisation's clock, people's names."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mendloop.clock import utc_now
from mendloop.words import local, translate, unit_in


@dataclass(frozen=True)
class Speech:
    """Words for one reader."""

    language: str
    zone: dt.tzinfo
    people: Mapping[str, str]
    points: Mapping[str, str] = field(default_factory=dict)
    """The words on isolation points, by `<step>.<field>.<point>`."""
    asset: str = ""
    """The order's asset, which scans may be compared with."""

    def point(self, gate: str, point: str) -> str:
        """What is written on an isolation point."""
        return self.points.get(f"{gate}.{point}", point)

    def say(self, key: str, **values: object) -> str:
        """The words for a key."""
        return translate(self.language, key, **values)

    def unit(self, unit: str) -> str:
        """The word for a unit in which parts are counted."""
        return unit_in(self.language, unit)

    def local(self, text: Any) -> str:
        """A text kept in several languages."""
        return local(text, self.language) if isinstance(text, Mapping) else str(text or "")

    def person(self, person_id: object) -> str:
        """Somebody's name."""
        return self.people.get(str(person_id), "–") if person_id else "–"

    def listed(self, texts: Iterable[str]) -> str:
        """Several texts as one."""
        return ("；" if self.language.startswith("zh") else "; ").join(texts)

    def instant(self, text: str | None) -> str:
        """Date and minute on the organisation's clock."""
        return self.time(text).strftime("%Y-%m-%d %H:%M") if text else ""

    def short(self, instant: dt.datetime) -> str:
        """Month, day and minute on the organisation's clock; with the year unless it is this one."""
        return self._told(instant.astimezone(self.zone), "%m-%d %H:%M")

    def clock(self, text: str | None) -> str:
        """Date and second; with the year unless it is this one."""
        return self._told(self.time(text), "%m-%d %H:%M:%S") if text else ""

    def _told(self, local_time: dt.datetime, form: str) -> str:
        is_now = local_time.year == utc_now().astimezone(self.zone).year
        return local_time.strftime(form if is_now else f"%Y-{form}")

    def time(self, text: str) -> dt.datetime:
        """The instant on the organisation's clock."""
        return dt.datetime.fromisoformat(text).astimezone(self.zone)
