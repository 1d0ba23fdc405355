"""A connector of files in one folder: the example, and what a company without an interface can begin with.

`stock.json` is `{"as_of": 12, "lines": [{"part": "SEAL-1", "place": "warehouse", "milli": 3000}]}`, `costs.json` is
`{"lines": [{"part": "SEAL-1", "milli": 1000, "value": 250}]}`; events are added to `events.jsonl`, one a line.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mendloop.edge.json_guard import read_json
from mendloop.inventory.connecting import CONNECTORS, COSTS, STOCK, CostTold, Snapshot, StockTold
from mendloop.inventory.feed import FeedEvent
from mendloop.inventory.stock_shapes import movement_out


class FileConnector:
    """Master of what there is a file of."""

    name = "files"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        there = {STOCK: "stock.json", COSTS: "costs.json"}
        self.masters = frozenset(what for what, name in there.items() if (folder / name).is_file())

    def stock(self) -> Snapshot | None:
        """What `stock.json` says."""
        told = _read(self._folder / "stock.json")
        lines = tuple(StockTold(str(line["part"]), str(line["place"]), int(line["milli"])) for line in told["lines"])
        return Snapshot(int(told["as_of"]), lines)

    def costs(self) -> Iterable[CostTold]:
        """What `costs.json` says."""
        for line in _read(self._folder / "costs.json")["lines"]:
            yield CostTold(str(line["part"]), int(line["milli"]), int(line["value"]))

    def tell(self, events: Sequence[FeedEvent]) -> None:
        """Write down those that are not in the file yet, and come back when they are on the disk."""
        file = self._folder / "events.jsonl"
        last = self._last(file)
        with file.open("ab") as out:
            for event in events:
                if event.number > last:
                    out.write(_line(event))
            out.flush()
            os.fsync(out.fileno())

    def _last(self, file: Path) -> int:
        """The number of the last event in the file. A line that was cut off by a failure is cut away."""
        if not file.is_file():
            return 0
        content = file.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            with file.open("r+b") as out:
                out.truncate(len(whole))
        lines = whole.splitlines()
        return int(json.loads(lines[-1])["number"]) if lines else 0


def _line(event: FeedEvent) -> bytes:
    movement = movement_out(event.movement, event.entries).model_dump(mode="json")
    return json.dumps({"number": event.number, "movement": movement}, ensure_ascii=False).encode() + b"\n"


def _read(file: Path) -> Any:
    return read_json(file.read_bytes())


def _open(settings: Mapping[str, str]) -> FileConnector:
    return FileConnector(Path(settings["folder"]))


CONNECTORS.register(FileConnector.name, _open)
