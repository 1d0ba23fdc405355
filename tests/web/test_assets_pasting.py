"""Lines of a BOM as people paste them: with or without headings, by parents, by levels, by numbers with dots."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mendloop.assets.pasting import COLUMNS, Pasted, as_text, milli_of, read_lines
from mendloop.assets.positions import Position, faults_of_positions

HEADINGS = ["Key", "Parent", "Chinese name", "English name", "Part", "Quantity", "Serial"]


def placed(pasted: Pasted) -> list[tuple[str, str | None]]:
    return [(each.key, each.parent) for each in pasted.positions]


def test_a_table_from_excel_with_chinese_headings_is_read() -> None:
    text = "位号\t上级\t名称\t料号\t用量\t序列号管理\nDE\t\t驱动端\t\t\t\nBRG\tDE\t轴承\tBRG-6309\t2 件\t是\n"
    pasted = read_lines(text)
    assert pasted.problems == ()
    assert pasted.positions == (
        Position("DE", None, {"zh-CN": "驱动端"}),
        Position("BRG", "DE", {"zh-CN": "轴承"}, "BRG-6309", 2000, serial=True),
    )


def test_levels_and_dotted_numbers_say_what_stands_where() -> None:
    by_level = "level,item,part\n1,A,P1\n.2,B,P2\n..3,C,P3\n2,D,P4\n1,E,P5\n"
    assert placed(read_lines(by_level)) == [("A", None), ("B", "A"), ("C", "B"), ("D", "A"), ("E", None)]
    dotted = "序号;料号;数量\n1;P1;1\n1.1;P2;0.5\n1.1.1;P3;3\n2;P4;1\n"
    assert placed(read_lines(dotted)) == [("1", None), ("1.1", "1"), ("1.1.1", "1.1"), ("2", None)]
    assert read_lines(dotted).positions[1].milli == 500
    (comma,) = read_lines(dotted.replace("0.5", "0,5")).problems
    assert comma.code == "bom.quantity_unread"


def test_without_headings_the_columns_are_those_of_the_editor() -> None:
    assert read_lines("seal\tpump\t机封\tSeal\tSEAL-1\t1\tx").positions == (
        Position("seal", "pump", {"zh-CN": "机封", "en": "Seal"}, "SEAL-1", 1000, serial=True),
    )


def test_what_is_no_quantity_is_said_with_its_line() -> None:
    pasted = read_lines("key\tpart\tqty\na\tP1\t4\nb\tP2\tsome\nc\tP3\t0.0001\n")
    assert [(problem.code, problem.at) for problem in pasted.problems] == [
        ("bom.quantity_unread", "/lines/1"), ("bom.quantity_unread", "/lines/2")
    ]  # fmt: skip


def test_a_line_without_a_key_gets_one_from_its_name() -> None:
    pasted = read_lines("key\tname\tpart\n\tDrive end\tP1\n\t\tP2\n")
    assert [each.key for each in pasted.positions] == ["drive-end-1", "p2"]


@pytest.mark.parametrize(
    ("text", "milli"),
    [
        ("4", 4000),
        ("0.25 kg", 250),
        ("２", 2000),
        ("1,000 pcs", 1_000_000),
        ("1,5", None),
        ("", None),
        ("-1", None),
        ("1e9", None),
        ("x", None),
    ],
)
def test_quantities_are_read_as_people_write_them(text: str, milli: int | None) -> None:
    assert milli_of(text) == milli


KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True)
WORDS = st.from_regex(r"[A-Za-z泵轴承]{1,8}( [A-Za-z]{1,5})?", fullmatch=True)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(KEYS, WORDS, st.integers(1, 10_000_000), st.booleans()), max_size=12, unique_by=lambda x: x[0])
)
def test_what_the_editor_writes_it_reads_again(lines: list[tuple[str, str, int, bool]]) -> None:
    made: list[Position] = []
    for number, (key, words, milli, serial) in enumerate(lines):
        parent = made[number // 2].key if number else None
        made.append(Position(key, parent, {"en": words}, f"P-{number}", milli, serial))
    assert len(COLUMNS) == len(HEADINGS)
    assert read_lines(as_text(made, HEADINGS)).positions == tuple(made)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("abAB1.\t\n,;\"'位号上级=\r\0 "), max_size=200))
def test_nothing_that_is_pasted_breaks_the_reader(text: str) -> None:
    pasted = read_lines(text)
    faults_of_positions(pasted.positions)
