"""A connector of files in one folder: the example, and what a company without an interface can begin with.

`stock.json` is `{"as_of": 12, "lines": [{"part": "SEAL-1", "place": "warehouse", "milli": 3000}]}`, `costs.json` is
`{"lines": [{"part": "SEAL-1", "milli": 1000, "value": 250}]}`; movements are added to
`events.jsonl`, changes of what orders cost to `cost_events.jsonl`, one a line.
A file that cannot be read as a whole is not read at all.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from mendloop.costing.feed import CostChange
from mendloop.costing.shapes import event_out
from mendloop.edge.json_guard import read_json
from mendloop.inventory.connecting import CONNECTORS, COSTS, STOCK, CannotExchange, CostTold, Snapshot, StockTold
from mendloop.inventory.feed import FeedEvent
from mendloop.inventory.stock_shapes import movement_out
from mendloop.problems import Refusal

PIECE = 64 * 1024


class FileConnector:
    """Master of what there is a file of."""

    name = "files"

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CannotExchange(f"{folder} is no folder")
        self._folder = folder
        there = {STOCK: "stock.json", COSTS: "costs.json"}
        self.masters = frozenset(what for what, name in there.items() if (folder / name).is_file())

    def stock(self) -> Snapshot | None:
        """What `stock.json` says."""
        told = self._read("stock.json", part=str, place=str, milli=int)
        as_of = told.get("as_of")
        if type(as_of) is not int:
            raise CannotExchange("stock.json: as_of must be the number of an event")
        return Snapshot(as_of, tuple(StockTold(line["part"], line["place"], line["milli"]) for line in told["lines"]))

    def costs(self) -> Iterable[CostTold]:
        """What `costs.json` says."""
        told = self._read("costs.json", part=str, milli=int, value=int)
        return [CostTold(line["part"], line["milli"], line["value"]) for line in told["lines"]]

    def tell(self, events: Sequence[FeedEvent]) -> None:
        """Write down those that are not in the file yet, and come back when they are on the disk."""
        self._add("events.jsonl", ((event.number, _line(event)) for event in events))

    def tell_costs(self, changes: Sequence[CostChange]) -> None:
        """The same with changes of what orders cost."""
        told = ((change.number, event_out(change).model_dump_json().encode() + b"\n") for change in changes)
        self._add("cost_events.jsonl", told)

    def _add(self, name: str, lines: Iterable[tuple[int, bytes]]) -> None:
        try:
            with (self._folder / name).open("a+b") as file:
                last = _last(file)
                file.writelines(line for number, line in lines if number > last)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise CannotExchange(f"{name}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise CannotExchange(f"{name}: its last line is no event of ours") from error

    def _read(self, name: str, **columns: type) -> Mapping[str, Any]:
        """The document, if its lines have all these columns and nothing else stands in them."""
        try:
            told = read_json((self._folder / name).read_bytes())
        except OSError as error:
            raise CannotExchange(f"{name}: {error.strerror}") from error
        except Refusal as refusal:
            problem = refusal.problems[0]
            where = "".join(f", {what} {at}" for what, at in problem.params.items())
            raise CannotExchange(f"{name} cannot be read: {problem.code}{where}") from refusal
        if not isinstance(told, dict) or not isinstance(told.get("lines"), list):
            raise CannotExchange(f"{name}: there are no lines")
        for number, line in enumerate(told["lines"], 1):
            wrong = [
                each for each, kind in columns.items() if not isinstance(line, dict) or type(line.get(each)) is not kind
            ]
            if wrong:
                raise CannotExchange(f"{name}, line {number}: {', '.join(wrong)} missing, or something else")
        return told


def _last(file: BinaryIO) -> int:
    """The number of the last event in the file. A line that was cut off by a failure is cut away."""
    end, tail = file.seek(0, os.SEEK_END), b""
    begin = end
    while begin and tail.count(b"\n") < 2:  # the end of the last whole line, and of the one before
        begin = max(0, begin - PIECE)
        file.seek(begin)
        tail = file.read(end - begin)
    whole = tail[: tail.rfind(b"\n") + 1]
    if len(whole) < len(tail):
        file.truncate(begin + len(whole))
    lines = whole.splitlines()
    return int(json.loads(lines[-1])["number"]) if lines else 0


def _line(event: FeedEvent) -> bytes:
    movement = movement_out(event.movement, event.entries).model_dump(mode="json")
    return json.dumps({"number": event.number, "movement": movement}, ensure_ascii=False).encode() + b"\n"


def _open(settings: Mapping[str, str]) -> FileConnector:
    if not settings.get("folder"):
        raise CannotExchange("say where the files are: --set folder=FOLDER")
    return FileConnector(Path(settings["folder"]))


CONNECTORS.register(FileConnector.name, _open)
