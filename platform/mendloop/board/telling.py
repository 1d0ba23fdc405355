"""What a watcher is told: everything, or what has changed since. Worked out once for all who want to see the same."""

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from mendloop.board.board import Shown
from mendloop.board.filters import ANY_RISK, Filters, count_risks, is_wanted
from mendloop.board.items import Item
from mendloop.words import translate

REMEMBERED = 200


class Paint(Protocol):
    """Makes a card's HTML in a language."""

    def __call__(self, item: Item, shown: Shown, language: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A message: its id, by which the next one is asked for, and its JSON."""

    id: str
    text: str


class Telling:
    """Makes messages about the board of one epoch, and remembers the last ones."""

    def __init__(self, epoch: str) -> None:
        self._epoch = epoch
        self._turn = threading.Lock()
        self._told: dict[object, Told] = {}

    def since(self, shown: Shown, last: str, filters: Filters, language: str, paint: Paint) -> Told | None:
        """What is other than at the message `last`, or everything when that is not known; None for nothing."""
        version = self._version_of(last, shown)
        if version == shown.version:
            return None
        key = (shown.version, version, filters, language)
        with self._turn:
            if key not in self._told:
                self._told[key] = self._tell(shown, version, filters, language, paint)
            for old in list(self._told)[:-REMEMBERED]:
                del self._told[old]
            return self._told[key]

    def id_of(self, shown: Shown) -> str:
        """The id of a message that ends with this version."""
        return f"{self._epoch}.{shown.version}"

    def _version_of(self, last: str, shown: Shown) -> int | None:
        epoch, _, version = last.rpartition(".")
        is_known = epoch == self._epoch and version.isascii() and version.isdigit() and len(version) < 12
        return int(version) if is_known and shown.oldest <= int(version) <= shown.version else None

    def _tell(self, shown: Shown, version: int | None, filters: Filters, language: str, paint: Paint) -> Told:
        items = shown.items
        other = items if version is None else [id_ for id_, at in shown.changed.items() if at > version]
        put = [items[id_] for id_ in other if is_wanted(items[id_], filters)]
        went = [] if version is None else [id_ for id_, at in shown.gone.items() if at > version]
        stays = {item.id for item in put}
        totals = count_risks(items.values(), filters)
        message = {
            "id": self.id_of(shown),
            "whole": version is None,
            "put": [_written(item, paint(item, shown, language)) for item in put],
            "drop": [] if version is None else [*went, *(id_ for id_ in other if id_ not in stays)],
            "totals": totals,
            "said": said(totals, language),
        }
        return Told(self.id_of(shown), json.dumps(message, ensure_ascii=False, separators=(",", ":")))


def said(totals: dict[str, int], language: str) -> str:
    """The totals as somebody hears them: those that are not nothing."""
    kinds: Iterable[str] = (kind for kind, count in totals.items() if count and kind not in ("", ANY_RISK))
    parts = [translate(language, f"board.total.{kind}", count=totals[kind]) for kind in kinds]
    return translate(language, "board.comma").join([translate(language, "board.total.all", count=totals[""]), *parts])


def _written(item: Item, html: str) -> dict[str, str]:
    return {"id": item.id, "lane": item.lane, "rank": item.rank, "html": html}
