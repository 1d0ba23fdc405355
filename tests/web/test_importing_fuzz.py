"""Whatever workbook or text somebody sends to be imported: an answer in words, soon, and no memory eaten."""

import json
import random
import resource
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from mendloop_engine.canonical import canonical_text
from openpyxl import Workbook

Visit = Callable[..., Visitor]
IMPORT = "/api/v1/templates/import"
WORKBOOKS, BROKEN, TEXTS = 25, 60, 60
SECONDS, MEGABYTES = 5.0, 400
HEADINGS = (
    *(
        "序号",
        "步骤",
        "检查项目",
        "项目",
        "标准值",
        "标准值（mm）",
        "单位",
        "方法",
        "是否拍照",
        "工时（分钟）",
        "检查结果",
        "备注",
    ),
    *(
        "角色",
        "类型",
        "选项",
        "step",
        "item",
        "norm",
        "unit",
        "photo",
        "minutes",
        "role",
        "type",
        "options",
        "result",
        "min",
    ),
)
TEXT_CELLS = (
    *("一、停机", "1.", "≤0.05", "0.30~0.50", "60±15", "±", "1e999", "-1e308~1e308", "∞", "NaN", "是", "√", "无裂纹"),
    *(
        "A/B/C",
        "=1+1",
        "=CMD|'/c calc'!A0",
        "@SUM(A1)",
        "🔧" * 50,
        "x" * 32_000,
        "\u202eabc",
        "\ufeff",
        "photo",
        "order",
    ),
    *(
        "true",
        "while",
        "ﬁ①Ⅷ",
        "0x10",
        "1/0",
        "١٢٣",
        "²",
        "5 小时",
        "-5",
        "1,000.5",
        "9" * 20,
        " ",
        "\n",
        "，、。",
        "steps",
    ),
)
SHEETS = ("步骤", "Sheet", "一", "🔧")
BITES = (b"<", b"</c>", b"9" * 40, b'"', b"&amp;", b"\x00", b"-1", b"<v>x</v>", b"e999")


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.dee)


def send(visitor: Visitor, name: str, content: bytes) -> tuple[int, dict[str, Any]]:
    """The answer, which came in time and took no memory to speak of."""
    began, before = time.thread_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = visitor.send("POST", IMPORT, data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")
    assert time.thread_time() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024
    assert answer.status_code in {200, 400, 413, 422}, answer.text[:300]
    found: dict[str, Any] = json.loads(answer.data)
    if answer.status_code != 200:
        assert all(each["message"] and each["message"] != each["code"] for each in found["problems"])
    return answer.status_code, found


def cell(choice: random.Random) -> Any:
    """What may stand in a cell."""
    return choice.choice(
        [
            None,
            None,
            choice.choice(TEXT_CELLS),
            choice.choice(TEXT_CELLS) + choice.choice(TEXT_CELLS),
            choice.randint(-(10**15), 10**15),
            choice.uniform(-1, 1) * 10 ** choice.randint(-300, 300),
            choice.random() < 0.5,
            "".join(chr(choice.choice((choice.randint(32, 126), choice.randint(0x4E00, 0x9FFF)))) for _ in range(9)),
        ]
    )


def workbook(choice: random.Random) -> bytes:
    """A workbook that nobody would write, of a few sheets."""
    made = Workbook()
    for number in range(choice.randint(1, 4)):
        sheet = made.active if number == 0 else made.create_sheet(f"{choice.choice(SHEETS)}{number}")
        assert sheet is not None
        width = choice.randint(1, 14)
        for _ in range(choice.randint(0, 3)):
            sheet.append([cell(choice) for _ in range(width)])
        sheet.append([choice.choice(HEADINGS) for _ in range(width)])
        for _ in range(choice.choice([0, 3, 30, 300])):
            sheet.append([cell(choice) for _ in range(width)])
        for _ in range(choice.randint(0, 3)):
            row, column = choice.randint(1, 20), choice.randint(1, width)
            sheet.merge_cells(start_row=row, start_column=column, end_row=row + choice.randint(0, 9), end_column=column)
        sheet.sheet_state = choice.choice(["visible", "visible", "visible", "hidden"])
    buffer = BytesIO()
    made.active = 0
    made.worksheets[0].sheet_state = "visible"
    made.save(buffer)
    return buffer.getvalue()


def broken(whole: bytes, choice: random.Random) -> bytes:
    """The same with a few bytes changed: of the packed file, or of one of its parts."""
    if choice.random() < 0.3:
        return bitten(whole, choice)
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = choice.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name != chosen:
                new.writestr(name, content)
            elif choice.random() < 0.85:
                new.writestr(name, bitten(content, choice))
    return buffer.getvalue()


def bitten(content: bytes, choice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(choice.randint(1, 6)):
        at = choice.randrange(len(changed))
        match choice.randrange(4):
            case 0:
                changed[at] = choice.randrange(256)
            case 1:
                del changed[at : at + choice.randint(1, 40)]
            case 2:
                changed[at:at] = choice.choice(
                    [b"<", b"</c>", b"9" * 40, b'"', b"&amp;", b"\x00", b"-1", b"<v>x</v>", b"e999"]
                )
            case _:
                changed[at : at + 8] = changed[at // 2 : at // 2 + 8]
        if not changed:
            return b"x"
    return bytes(changed)


def test_random_workbooks_become_drafts_or_are_refused_in_words(dee: Visitor) -> None:
    choice = random.Random(20261123)
    statuses = [send(dee, "检修 卡.xlsx", workbook(choice))[0] for _ in range(WORKBOOKS)]
    assert statuses.count(200) > WORKBOOKS // 2


def test_damaged_workbooks_become_drafts_or_are_refused_in_words(dee: Visitor) -> None:
    choice = random.Random(7)
    whole = [workbook(choice) for _ in range(5)]
    for _ in range(BROKEN):
        send(dee, "x.xlsx", broken(choice.choice(whole), choice))


def test_damaged_json_is_opened_or_refused_in_words(dee: Visitor, checkout: Path) -> None:
    choice = random.Random(11)
    whole = (checkout / "builtin_templates/phone/screen_replacement.json").read_bytes()
    for _ in range(TEXTS):
        send(dee, "x.json", bitten(whole, choice))


def exported(document: Any) -> bytes:
    """As “Save as a file” writes it."""
    return canonical_text(document).encode()


def test_a_file_saved_from_the_designer_comes_back_to_the_byte(dee: Visitor, checkout: Path) -> None:
    files = sorted((checkout / "builtin_templates").glob("*/*.json"))
    assert files
    for file in files:
        first = exported(json.loads(file.read_text(encoding="utf-8")))
        status, found = send(dee, f"{file.stem}.json", first)
        assert status == 200
        assert exported(found["document"]) == first


def test_so_does_a_draft_with_odd_words_numbers_and_order_of_keys(dee: Visitor, checkout: Path) -> None:
    document = json.loads((checkout / "builtin_templates/phone/screen_replacement.json").read_text(encoding="utf-8"))
    document["title"]["en"] = "\u2028 \U0001f527 \\ \" ' </script> \u007f é e\u0301 \U0010ffff"
    document["zz"] = [1e-7, 5e-324, 8.9e15, -0.5, 0.1, 2**53 - 1, 1 - 2**53, 1.0]
    document["nodes"] = dict(reversed(document["nodes"].items()))
    first = exported(document)
    status, found = send(dee, "odd.json", first)
    assert status == 200
    assert exported(found["document"]) == first
