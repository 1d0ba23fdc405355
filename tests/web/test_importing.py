"""Drafts from files: what is taken over, what is listed as left out, what is refused in words."""

import copy
import json
import time
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from mendloop.importing.excel import ExcelChecklist
from mendloop.importing.formats import IMPORTERS
from mendloop.importing.json_document import JsonDocument
from mendloop.importing.registry import Imported, Importer, Importers
from mendloop.problems import Problem, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from openpyxl import Workbook

Visit = Callable[..., Visitor]
Json = dict[str, Any]
IMPORT = "/api/v1/templates/import"

PAPER: list[list[Any]] = [
    ["离心泵年度检修作业指导书"],
    ["设备编号：________", None, None, None, None, None, None, None],
    ["序号", "检查项目", "标准值（mm）", "单位", "方法", "是否拍照", "工时（分钟）", "检查结果"],
    ["一、停机与隔离"],
    [1, "确认电源已切断并挂牌", None, None, "验电笔验电", "√", 10, None],
    [2, "关闭进出口阀门", None, None, None, None, 5, None],
    ["注：两人确认后方可作业"],
    ["二、解体测量"],
    [3, "轴颈径向跳动", "≤0.05", "mm", "百分表", "是", 20, None],
    [4, "口环间隙", "0.30~0.50", "mm", None, None, 15, None],
    [5, "叶轮外观检查", "无裂纹、无明显汽蚀", None, None, "2", 10, None],
    [6, "清洗轴承箱", None, None, None, None, None, "已做"],
    ["三、回装与试车"],
    [7, "轴承温度", "60±15", "℃", None, None, 30, None],
    ["编制：            审核：            批准："],
]


def book(rows: Sequence[Sequence[Any]], title: str = "检修卡", merged: Sequence[str] = ()) -> Workbook:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    return made


def saved(workbook: Workbook) -> bytes:
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def send(visitor: Visitor, name: str, content: bytes) -> tuple[int, Json]:
    answer = visitor.send("POST", IMPORT, data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")
    return answer.status_code, json.loads(answer.data)


def taken(visitor: Visitor, name: str, content: bytes) -> Json:
    status, found = send(visitor, name, content)
    assert status == 200, found
    return found


def refused(visitor: Visitor, name: str, content: bytes) -> str:
    status, found = send(visitor, name, content)
    assert 400 <= status < 500, status
    assert found["problems"][0]["message"] != found["problems"][0]["code"]
    return str(found["problems"][0]["code"])


def errors(found: Json) -> list[Json]:
    return [problem for problem in found["problems"] if problem["severity"] == "error"]


def steps(found: Json) -> list[Json]:
    return [node for node in found["document"]["nodes"].values() if node["kind"] == "step"]


def labels(step: Json) -> list[str]:
    return [item["label"]["zh-CN"] for field in step["fields"] for item in field.get("items", [])]


def left(found: Json) -> set[tuple[int | None, str, str]]:
    return {(each["row"], each["text"], each["why"]) for each in found["left_out"]}


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.dee)


def test_a_paper_procedure_becomes_a_draft_without_errors(dee: Visitor) -> None:
    found = taken(dee, "泵检修.xlsx", saved(book(PAPER, merged=["A1:H1", "A4:H4", "A8:H8", "A13:H13"])))
    assert errors(found) == []
    assert found["document"]["title"] == {"zh-CN": "离心泵年度检修作业指导书"}
    assert [step["title"]["zh-CN"] for step in steps(found)] == ["一、停机与隔离", "二、解体测量", "三、回装与试车"]
    assert [step.get("standard_minutes") for step in steps(found)] == [15, 45, 30]
    assert [field["type"] for field in steps(found)[0]["fields"]] == ["instruction", "checklist", "photo"]
    assert labels(steps(found)[0]) == ["确认电源已切断并挂牌（验电笔验电）", "关闭进出口阀门"]


def test_norms_become_readings_with_tolerances_or_are_told_beside_the_item(dee: Visitor) -> None:
    measure = steps(taken(dee, "泵.xlsx", saved(book(PAPER))))[1]
    runout, gap, checks, photos = measure["fields"]
    assert (runout["type"], runout["unit"], runout["tolerance"]) == ("reading", "mm", [None, 0.05])
    assert (gap["tolerance"], runout["help"]) == ([0.3, 0.5], {"zh-CN": "百分表"})
    assert [item["label"]["zh-CN"] for item in checks["items"]] == ["叶轮外观检查（无裂纹、无明显汽蚀）", "清洗轴承箱"]
    assert [(shot["label"]["zh-CN"], shot.get("min", 1)) for shot in photos["shots"]] == [
        ("轴颈径向跳动", 1),
        ("叶轮外观检查", 2),
    ]
    bearing = steps(taken(dee, "泵.xlsx", saved(book(PAPER))))[2]["fields"][0]
    assert (bearing["norm"], bearing["tolerance"], bearing["unit"]) == (60, [45, 75], "℃")


def test_what_cannot_be_taken_over_is_listed_with_sheet_and_row(dee: Visitor) -> None:
    found = taken(dee, "泵.xlsx", saved(book(PAPER)))
    assert left(found) == {
        (2, "设备编号：________", "above_table"),
        (3, "检查结果", "answer_column"),
        (12, "检查结果: 已做", "answer_given"),
        (15, "编制：            审核：            批准：", "form_line"),
    }
    assert {each["sheet"] for each in found["left_out"]} == {"检修卡"}
    assert all(each["message"]["zh-CN"] and each["message"]["en"] for each in found["left_out"])


def test_a_column_for_steps_groups_the_rows_even_where_it_is_merged(dee: Visitor) -> None:
    rows: list[list[Any]] = [
        ["步骤", "Step (English)", "项目", "英文", "类型", "选项", "角色", "必填"],
        ["拆解", "Disassemble", "拍下外观", "Take a picture", "拍照", None, "维修工程师", "是"],
        [None, None, "故障现象", "Symptom", "单选", "不排水/不脱水/异响", None, "是"],
        [None, None, "备注", "Remarks", "多行文字", None, None, "否"],
        ["检验", "Inspect", "外壳完好", "Housing is whole", "检查", None, "质检员", "必检"],
    ]
    found = taken(dee, "washer.xlsx", saved(book(rows, merged=["A2:A4"])))
    assert errors(found) == []
    assert found["left_out"] == []
    first, second = steps(found)
    assert (first["title"], first["role"]) == ({"zh-CN": "拆解", "en": "Disassemble"}, "engineer")
    assert [field["type"] for field in first["fields"]] == ["choice", "long_text", "photo"]
    assert [option["label"]["zh-CN"] for option in first["fields"][0]["options"]] == ["不排水", "不脱水", "异响"]
    assert [field.get("required") for field in first["fields"][:2]] == [True, False]
    assert (second["role"], second["fields"][0]["items"][0]["allow_na"]) == ("inspector", False)
    assert found["document"]["roles"]["inspector"]["title"] == {"zh-CN": "质检员"}
    assert {problem["code"] for problem in found["problems"]} <= {"words.missing_translation"}


def test_a_sheet_for_each_step_in_english(dee: Visitor) -> None:
    made = book([["Item", "Unit", "Min", "Max", "Photo"], ["Oil level", "mm", 5, 12.5, "yes"]], "Drain oil")
    second = made.create_sheet("Refill")
    second.append(["Check", "Method"])
    second.append(["No leak at the plug", "look from below"])
    found = taken(dee, "gearbox service.xlsx", saved(made))
    assert errors(found) == []
    assert found["document"]["key"] == "imported.gearbox_service"
    assert [step["title"]["en"] for step in steps(found)] == ["Drain oil", "Refill"]
    assert steps(found)[0]["fields"][0]["tolerance"] == [5, 12.5]
    assert steps(found)[0]["fields"][0]["id"] == "oil_level"
    assert steps(found)[1]["fields"][0]["items"][0]["label"] == {"en": "No leak at the plug (look from below)"}


def languages_in(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(languages_in, value))
    if not isinstance(value, dict):
        return set()
    return set().union({"zh-CN", "en"} & value.keys(), *map(languages_in, value.values()))


def test_a_checklist_is_written_in_its_own_language_and_lacks_no_other(dee: Visitor) -> None:
    chinese = taken(dee, "泵.xlsx", saved(book([*PAPER, [8, "PLC", None, None, None, None, None, None]])))
    assert (chinese["document"]["languages"], languages_in(chinese["document"])) == (["zh-CN"], {"zh-CN"})
    assert chinese["problems"] == []
    assert chinese["document"]["nodes"]["done"]["title"] == {"zh-CN": "完成"}
    english = taken(dee, "oil.xlsx", saved(book([["Item", "Photo"], ["Oil level", "yes"]], "Drain oil")))
    assert (english["document"]["languages"], languages_in(english["document"])) == (["en"], {"en"})
    assert english["problems"] == []
    both = taken(dee, "b.xlsx", saved(book([["项目", "英文"], ["外壳完好", "Housing is whole"], ["接地", None]])))
    assert "languages" not in both["document"]
    assert "words.missing_translation" in {problem["code"] for problem in both["problems"]}


def test_signs_before_a_limit_are_read_in_the_columns_for_limits(dee: Visitor) -> None:
    rows: list[list[Any]] = [
        ["项目", "单位", "下限", "上限"],
        ["轴承温升", "K", None, "≤50"],
        ["绝缘电阻", None, "≥ 0.5 MΩ", None],
        ["转速", "r/min", ">1400", "＜1500"],
        ["间隙", "mm", "<1", "大"],
    ]
    found = taken(dee, "电机.xlsx", saved(book(rows)))
    heat, insulation, speed, gap = steps(found)[0]["fields"]
    assert (heat["tolerance"], speed["tolerance"]) == ([None, 50], [1400, 1500])
    assert (insulation["tolerance"], insulation["unit"]) == ([0.5, None], "MΩ")
    assert "tolerance" not in gap
    assert {text for _, text, why in left(found) if why == "not_a_number"} == {"<1", "大"}


def test_formulas_give_their_stored_value_and_are_listed_without_one(dee: Visitor) -> None:
    found = taken(dee, "a.xlsx", saved(book([["项目", "单位", "上限"], ["间隙", "mm", "=1+1"]])))
    assert (2, "=1+1", "formula_without_value") in left(found)


def test_columns_nobody_knows_and_hidden_sheets_are_listed(dee: Visitor) -> None:
    made = book([["项目", "供应商代码", None], ["清洁", "S-9", "散落"], [None, "S-10", None], ["查漏", None, None]])
    made.create_sheet("旧版").sheet_state = "hidden"
    made.create_sheet("价格").append(["随便写写", 3])
    found = taken(dee, "a.xlsx", saved(made))
    assert left(found) == {
        (1, "供应商代码", "unknown_column"),
        (2, "供应商代码: S-9", "unknown_column"),
        (2, "散落", "no_heading"),
        (None, "", "hidden"),
        (1, "随便写写 | 3", "no_headings"),
        (3, "供应商代码: S-10", "unknown_column"),
    }


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"a,b", "import.suffix_unknown"),
        ("a", b"{}", "import.suffix_unknown"),
        ("a.xlsx", b"", "import.empty"),
        ("a.xlsx", b"not a workbook", "import.excel_broken"),
        ("a.xlsx", b"PK\x03\x04 cut off", "import.excel_broken"),
        ("a.xlsx", b'{"format": 1}', "import.suffix_wrong"),
        ("a.json", saved(book([["项目"], ["a"]])), "import.suffix_wrong"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "import.excel_old"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "import.excel_encrypted"),
        ("a.xlsx", saved(book([["随便", "写写"], ["一", "二"]])), "import.excel_no_table"),
        ("a.xlsx", saved(Workbook()), "import.excel_no_table"),
        ("a.json", b"{", "json.syntax"),
        ("a.json", b'{"a": 1, "a": 2}', "json.duplicate_key"),
        ("a.json", b"[]", "template.not_an_object"),
        ("a.json", b'{"format": 2, "nodes": {}}', "template.format_unknown"),
        ("a.json", b'{"format": 1}', "import.no_nodes"),
    ],
)  # fmt: skip
def test_what_is_no_checklist_is_refused_in_words(dee: Visitor, name: str, content: bytes, code: str) -> None:
    assert refused(dee, name, content) == code


def packed(content: bytes, **parts: bytes) -> bytes:
    """The workbook with parts put in or replaced."""
    buffer = BytesIO()
    named = {name.replace("__", "/"): part for name, part in parts.items()}
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry not in named:
                new.writestr(entry, old.read(entry))
        for entry, part in named.items():
            new.writestr(entry, part)
    return buffer.getvalue()


def test_macros_are_refused_whatever_the_name_says(dee: Visitor) -> None:
    plain = saved(book([["项目"], ["a"]]))
    assert refused(dee, "a.xlsx", packed(plain, **{"xl__vbaProject.bin": b"x"})) == "import.excel_macros"
    types = b"<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"
    assert refused(dee, "a.xlsm", packed(plain, **{"[Content_Types].xml": types})) == "import.excel_macros"


SHEET = "xl__worksheets__sheet1.xml"
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 50 + b'">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl__media__bomb.bin": bytes(200_000_000)}, "import.excel_too_large"),
        ({SHEET: b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>"}, "import.excel_too_large"),
        ({SHEET: LAUGHS}, "import.excel_broken"),
        ({SHEET: b"<worksheet><sheetData><row r='x'><c r='??'/>"}, "import.excel_broken"),
        ({"xl__workbook.xml": b"<workbook/>"}, "import.excel_no_table"),
    ],
    ids=["bomb", "long sheet", "entities", "cut off", "no sheets"],
)
def test_hostile_workbooks_are_refused_quickly(dee: Visitor, parts: dict[str, bytes], code: str) -> None:
    content = packed(saved(book([["项目"], ["a"]])), **parts)
    start = time.process_time()
    assert refused(dee, "a.xlsx", content) == code
    assert time.process_time() - start < 3


def test_far_away_rows_and_columns_cost_nothing_and_are_listed(dee: Visitor) -> None:
    rows = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Item</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>Clean</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    start = time.process_time()
    found = taken(dee, "a.xlsx", packed(saved(book([["项目"]])), **{SHEET: rows}))
    assert time.process_time() - start < 3
    assert labels_in_english(found) == ["Clean"]
    assert {each["why"] for each in found["left_out"]} == {"too_many_rows", "too_many_columns"}


def labels_in_english(found: Json) -> list[str]:
    return [item["label"]["en"] for field in steps(found)[0]["fields"] for item in field["items"]]


def test_a_long_checklist_stays_within_what_a_template_may_hold(dee: Visitor) -> None:
    rows: list[list[Any]] = [
        ["步骤", "项目", "单位"],
        *([f"工序{number // 300}", f"检查第{number}处", None] for number in range(2_500)),
    ]
    start = time.process_time()
    found = taken(dee, "a.xlsx", saved(book(rows)))
    assert time.process_time() - start < 5
    assert errors(found) == []
    assert sum(len(field["items"]) for step in steps(found) for field in step["fields"]) == 2_500


def test_json_is_opened_as_a_draft_with_its_problems(dee: Visitor, checkout: Path) -> None:
    pump = json.loads((checkout / "builtin_templates/pump/overhaul.json").read_text(encoding="utf-8"))
    whole = taken(dee, "pump.json", b"\xef\xbb\xbf" + json.dumps(pump).encode())
    assert (whole["document"], whole["problems"], whole["left_out"]) == (pump, [], [])
    exported = {"document": pump, "layout": {"isolate": {"x": 1, "y": 2}}}
    assert taken(dee, "pump.JSON", json.dumps(exported).encode())["layout"] == exported["layout"]
    broken = copy.deepcopy(pump)
    broken["start"] = "nowhere"
    found = taken(dee, "pump.json", json.dumps(broken).encode())
    assert [problem["code"] for problem in errors(found)] == ["reference.unknown_node"]


def test_what_is_wrong_with_a_file_is_said_without_code(dee: Visitor) -> None:
    for name, content in (("a.csv", b"a"), ("a.json", b"PK\x03\x04"), ("a.xlsx", b"{}")):
        [problem] = send(dee, name, content)[1]["problems"]
        assert not any(sign in problem["message"] for sign in "[]'"), problem["message"]


def test_what_was_left_out_is_told_by_sheet_row_and_column(dee: Visitor) -> None:
    rows = [["检查项目", "随便", "工时（分钟）", "检查结果"], ["外观", "某", "很久", "好"]]
    found = taken(dee, "a.xlsx", saved(book(rows)))
    places = {(each["row"], each["column"], each["why"]) for each in found["left_out"]}
    assert places == {
        (1, "B", "unknown_column"), (1, "D", "answer_column"), (2, "B", "unknown_column"), (2, "C", "not_a_number"),
        (2, "D", "answer_given"),
    }  # fmt: skip


def test_without_a_file_and_for_people_who_design_nothing(visit: Visit, cast: Cast, dee: Visitor) -> None:
    assert dee.send("POST", IMPORT, data={}, content_type="multipart/form-data").status_code == 422
    assert visit(cast.ada).send("POST", IMPORT, data={}, content_type="multipart/form-data").status_code == 403


class Notes(Importer):
    """What a plugin might bring."""

    name = "notes"
    suffixes = (".notes",)

    def sniff(self, content: bytes) -> bool:
        return content.startswith(b"notes:")

    def read(self, content: bytes, stem: str) -> Imported:
        return Imported({"format": 1, "key": stem, "nodes": {}, "title": {"en": content.decode()[6:]}})


def test_a_plugin_registers_its_format_as_the_built_in_ones_are() -> None:
    importers = Importers()
    for importer in (JsonDocument(), ExcelChecklist(), Notes()):
        importers.register(importer)
    assert importers.read("C:\\x\\lift.notes", b"notes:Lift").document["title"] == {"en": "Lift"}
    assert importers.suffixes() == [*IMPORTERS.suffixes(), ".notes"]
    with pytest.raises(ValueError, match="notes"):
        importers.register(Notes())
    with pytest.raises(Refusal) as refusal:
        importers.read("a.json", b"notes:x")
    assert refusal.value.problems[0] == Problem(
        "import.suffix_wrong", params={"suffix": ".json", "suffixes": [".notes"]}
    )
