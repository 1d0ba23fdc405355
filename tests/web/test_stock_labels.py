"""Labels for parts, serial numbers and places: what is printed is what the desk, the counts and the phone take in."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.labels import QUIET, Label, Picture, qr_of
from mendloop.inventory.locations import QUARANTINE, WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from PIL import Image
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
ROOT = Path(__file__).parents[2]
READ = """
import { readFileSync } from "node:fs";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
const wasm = readFileSync(new URL(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
prepareZXingModule({ overrides: { wasmBinary: wasm } });
const found = [];
for (const file of process.argv.slice(1)) {
  found.push((await readBarcodes(readFileSync(file))).map(({ text, format }) => [text, format]));
}
console.log(JSON.stringify(found));
"""


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        return services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal <b>", "zh-CN": "密封圈"})


@pytest.fixture
def board(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        for serial in ("A-1", "A-2"):
            desk.receive(session, cast.stan, Portion(part, 1_000, serial), 5_00)
    return part


def photo(picture: Picture, file: Path, module: int = 5) -> str:
    """The picture as a camera would see it, drawn from its path alone."""
    image = Image.new("L", (picture.size * module, picture.size * module), 255)
    for across, down, many in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", picture.path):
        image.paste(
            0, (int(across) * module, int(down) * module, (int(across) + int(many)) * module, (int(down) + 1) * module)
        )
    image.save(file)
    return str(file)


def test_every_code_is_read_back_by_the_reader_that_the_phone_has(tmp_path: Path) -> None:
    codes = [
        "SEAL-1",
        "place:van:01900000-0000-7000-8000-000000000000",
        "料号-12/甲",
        "中心",
        "0",
        "a" * 200,
        "é=+;,",
        "カード",
    ]
    files = [photo(qr_of(code), tmp_path / f"{number}.png") for number, code in enumerate(codes)]
    command = ["node", "--input-type=module", "-e", READ, *files]
    read = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(read.stdout) == [[[code, "QRCode"]] for code in codes]


def test_a_picture_keeps_its_edge_empty_and_long_codes_have_no_bars() -> None:
    picture = qr_of("SEAL-1")
    corners = [(int(across), int(down)) for across, down in re.findall(r"M(\d+) (\d+)h", picture.path)]
    assert min(min(corner) for corner in corners) == QUIET
    assert Label("SEAL-1", "", "").stripes is not None
    assert Label("料号", "", "").stripes is None
    assert Label("A" * 40, "", "").stripes is None


def test_labels_are_shown_as_they_were_asked_for(visit: Visit, cast: Cast, seal: Part, board: Part) -> None:
    stan, path = visit(cast.stan), "/stock/labels/print"
    assert "Labels" in stan.get("/stock/labels").text
    sheet = stan.get(f"{path}?numbers=SEAL-1%0D%0AMB-1%0D%0ASEAL-1&copies=3&skip=2").text
    assert re.findall(r'aria-label="((?:SEAL|MB)-1)"', sheet) == ["SEAL-1"] * 3 + ["MB-1"] * 3
    assert sheet.count('<li class="label" aria-hidden="true">') == 2
    assert "Seal &lt;b&gt;" in sheet
    serials = stan.get(f"{path}?serials=MB-1&layout=single&skip=5").text
    assert re.findall(r'aria-label="(A-\d)"', serials) == ["A-1", "A-2"]
    assert '<li class="label" aria-hidden="true">' not in serials
    places = stan.get(f"{path}?place=warehouse&place=quarantine&place=nowhere").text
    assert re.findall(r'aria-label="(place:\w+)"', places) == ["place:warehouse", "place:quarantine"]
    assert "Choose one of the places" in places
    assert "NO-SUCH" in stan.get(f"{path}?numbers=NO-SUCH").text
    for wrong in ("?copies=-1", "?copies=²", "?skip=99999999", "?layout=x", ""):
        assert "No labels" in stan.get(path + wrong).text
    for actor in (cast.ada, cast.vera, cast.dee):
        assert visit(actor).get(path).status_code == 403
    assert "SEAL-1</strong>" not in visit(cast.cy).get(f"{path}?numbers=SEAL-1").text


def test_a_places_label_chooses_where_from_then_where_to(visit: Visit, cast: Cast, seal: Part) -> None:
    stan, van = visit(cast.stan), van_of(cast.ada.person_id)
    head = {"key": "a-key-of-the-page", "source": WAREHOUSE, "target": ""}
    chosen = '<option value="{}" selected>'
    assert chosen.format(van) in stan.submit("/stock/desk/move", {**head, "scan": f"place:{van}"}).text
    line = {"part": seal.id, "quantity": "1", "unit": "pcs", "cost": "", "lot": "", "serials": ""}
    page = stan.submit("/stock/desk/move", {**head, **line, "scan": "place:quarantine"}).text
    assert chosen.format(WAREHOUSE) in page
    assert chosen.format(QUARANTINE) in page
    page = stan.submit("/stock/desk/receive", {**head, "target": WAREHOUSE, "scan": f"place:{van}"}).text
    assert chosen.format(van) in page
    wrong = stan.submit("/stock/desk/receive", {**head, "target": WAREHOUSE, "scan": "place:customer"})
    assert wrong.status_code == 422
    assert chosen.format(WAREHOUSE) in wrong.text


def test_a_places_label_begins_its_count_and_no_other_places_counts_there(visit: Visit, cast: Cast, seal: Part) -> None:
    stan = visit(cast.stan)
    begun = stan.submit("/stock/counts", {"place": WAREHOUSE, "code": "place:quarantine"}).headers["Location"]
    assert "Count: Quarantine" in stan.get(begun).text
    assert stan.submit(begun, {"scan": "place:quarantine"}).status_code == 200
    wrong = stan.submit(begun, {"scan": f"place:{WAREHOUSE}"})
    assert wrong.status_code == 422
    assert "another place" in wrong.text
