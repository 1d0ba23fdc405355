"""A record of a hundred pages with three hundred photos is printed in seconds, in bounded memory."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from mendloop.database import Database, session_for
from mendloop.testing.cast import Cast
from mendloop.testing.long_repair import camera, publish_long_repair, work_through
from mendloop.testing.pump_shop import Phone, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from mendloop.work_orders.record import press
from mendloop.work_orders.record.composing import compose_record, speech_for
from mendloop.work_orders.record.printing import FONTS, WIDE, Sheet, sheet_of
from mendloop.work_orders.record.prints import Prints
from mendloop.work_orders.record.sections import Pair, Record
from mendloop.work_orders.record.shapes import Shot

Visit = Callable[..., Visitor]
pytestmark = [pytest.mark.long, pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)]
STEPS, PHOTOS, PAGES = 260, 300, 100
SECONDS, MEGABYTES = 20, 600
"""Far above what it takes (see docs/decisions/print.md): a bound for a busy machine."""


@pytest.mark.timeout(600)
def test_a_hundred_pages_with_three_hundred_photos_take_seconds(
    database: Database, visit: Visit, cast: Cast, tmp_path: Path
) -> None:
    shop = publish_long_repair(put_up(database, cast), steps=2, shots=1)
    order = shop.open_order(cast.ada, asset="P-9")
    work_through(Phone(visit(cast.ada)), order, 2, lambda _: camera(1, (320, 240)), shots=1)
    with session_for(database, cast.sue) as session:
        found = orders.access_work_order(session, cast.sue, order)
        record = lengthened(compose_record(session, cast.sue, found, "zh-CN"))
        sheet = with_photos(sheet_of(record, speech_for(session, cast.sue, {}, "zh-CN"), cast.sue, tmp_path), tmp_path)
    laid_out = Prints(tmp_path, cast.sue.organisation_id).lay_out(sheet, {"order": order})
    began = time.monotonic()
    subprocess.run([sys.executable, "-I", press.__file__, str(laid_out.folder), str(FONTS)], check=True)
    seconds, megabytes = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with pypdfium2.PdfDocument(laid_out.file) as document:
        pages = len(document)
    made = json.loads((laid_out.folder / "made.json").read_text())
    size = laid_out.file.stat().st_size / 1e6
    print(f"{pages} pages, {made['pictures']} photos: {seconds:.1f} s, {megabytes:.0f} MB, {size:.1f} MB PDF")
    assert made["standards"] == ["a-2a", "ua-1"]
    assert pages >= PAGES
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def lengthened(record: Record) -> Record:
    """The same steps again and again, with other photos each time; every tenth photo is one of a pair."""
    names = [f"{number:064x}" for number in range(PHOTOS)]
    pairs = tuple(Pair(f"视角 {at}", (names[at],), (names[at + 1],)) for at in range(0, PHOTOS // 10, 2))
    first = record.steps[0]
    steps = []
    for number in range(STEPS):
        own = names[number * PHOTOS // STEPS : (number + 1) * PHOTOS // STEPS]
        lines = tuple(
            replace(line, shots=(Shot("", tuple(own)),)) if line.shots else line for line in first.visits[0].lines
        )
        steps.append(replace(first, node=f"s{number}", visits=(replace(first.visits[0], lines=lines),)))
    return replace(record, steps=(*steps, *record.steps), pairs=pairs, photos=tuple(sorted({*record.photos, *names})))


def with_photos(sheet: Sheet, folder: Path) -> Sheet:
    """Photos as they come from phones: wide ones for pairs are made smaller while it is printed."""
    shown = {name for pair in sheet.facts["pairs"] for name in (*pair["before"], *pair["after"])}
    pictures = [*sheet.pictures]
    for number in range(PHOTOS):
        name, is_wide = f"{number:064x}", f"{number:064x}" in shown
        file = folder / f"{name}.source.jpg"
        file.write_bytes(camera(number, (1600, 1200) if is_wide else (320, 240)))
        kept = str(folder / "kept" / f"{name}.jpg")
        pictures.append({"name": name, "file": str(file), "width": WIDE if is_wide else 0, "kept": kept})
    facts = {**sheet.facts, "available": sorted(each["name"] for each in pictures)}
    return replace(sheet, facts=facts, pictures=tuple(pictures))
