"""JSON becomes the same values on server and phone; time zones, limits and conversions agree."""

import math
from typing import Any

import pytest
from cel.phone import Phone
from cel.tagged import same, tagged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop_engine.expressions import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    NULL,
    STRING,
    TIMESTAMP,
    UINT,
    Expression,
    Timestamp,
    Type,
    compile_tree,
    from_json,
    list_of,
    map_of,
    object_of,
    parse_expression,
    to_json,
)

MANY = settings(
    max_examples=600, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)

SIMPLE = st.sampled_from([BOOL, BYTES, DOUBLE, DURATION, DYN, INT, NULL, STRING, TIMESTAMP, UINT])
MEMBERS = st.sampled_from(["a", "b", "value", "中", "constructor", "__proto__"])
KEYS = st.sampled_from(["a", "b", "10", "9", "中", "😀", "\uffff", "constructor", "__proto__"])
TYPES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        inner.map(list_of),
        inner.map(lambda value: map_of(STRING, value)),
        st.dictionaries(MEMBERS, inner, max_size=4).map(object_of),
    ),
    max_leaves=6,
)
TEXTS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            *("2024-02-29", "2023-02-29", "0000-01-01", "2024-01-01T24:00:00Z", "2024-01-01T12:00:00.5+08:00"),
            *("0099-03-01", "1h30m", "-1.5s", "0", "", "9e9", "9223372036854775808", "-1", "42", "AA==", "AAA"),
            *("a b", "99999h", "1\n", "2024-01-01T00:00:00Z\n", "9999-12-31T23:59:59.999999999Z", "\ud800x", "２"),
            *("0001-01-01T00:00:00+00:01", "+5", "1_000", " 7", "1.", ".5", "1e999", "NaN", "-Infinity", "t", "TRUE"),
        ]
    ),
)
NUMBERS = st.one_of(
    st.integers(-10, 10), st.sampled_from([2**53, 2**53 - 1, -(2**53), 2**63, 1.5, 1e300, -0.0, 1.0, 1e15])
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=10,
)


@st.composite
def fitting(draw: st.DrawFn, type_: Type) -> Any:
    """Mostly JSON that fits the type, sometimes anything."""
    if draw(st.integers(0, 9)) == 0:
        return draw(JSON)
    match type_.kind:
        case "list":
            return draw(st.lists(fitting(type_.items[0]), max_size=3))
        case "map":
            return draw(st.dictionaries(KEYS, fitting(type_.items[1]), max_size=3))
        case "object":
            return {name: draw(fitting(member)) for name, member in type_.members.items() if draw(st.integers(0, 3))}
        case "bool":
            return draw(st.booleans())
        case "int" | "uint" | "double":
            return draw(NUMBERS)
        case "dyn":
            return draw(JSON)
    return draw(TEXTS)


@MANY
@given(data=st.data(), type_=TYPES)
def test_json_is_read_and_written_alike(phone: Phone, data: st.DataObject, type_: Type) -> None:
    json = data.draw(fitting(type_))
    value, written = phone.read(type_, json)
    here = from_json(type_, json)
    assert same(tagged(here), value), (type_, json)
    assert as_doubles(to_json(here)) == as_doubles(written)
    assert Type.from_json(type_.to_json()) == type_


def as_doubles(json: Any) -> Any:
    """JSON has one kind of number, however it is written."""
    match json:
        case list():
            return [as_doubles(item) for item in json]
        case dict():
            return {name: as_doubles(item) for name, item in json.items()}
    return float(json) if isinstance(json, int) and not isinstance(json, bool) else json


@MANY
@given(text=TEXTS, name=st.sampled_from(["int", "uint", "double", "bool", "timestamp", "duration", "bytes"]))
def test_texts_are_converted_alike(phone: Phone, text: str, name: str) -> None:
    same_everywhere(phone, f"{name}(s)", {"s": STRING}, {"s": from_json(STRING, text)})


@MANY
@given(number=st.floats())
def test_doubles_are_written_alike(phone: Phone, number: float) -> None:
    text = same_everywhere(phone, "string(d)", {"d": DOUBLE}, {"d": number})
    back = float(text["s"].replace("Infinity", "inf"))
    assert back == number or math.isnan(number)


@MANY
@given(number=st.floats(), name=st.sampled_from(["ceil", "floor", "round", "trunc", "abs", "sign"]))
def test_numbers_are_rounded_alike(phone: Phone, number: float, name: str) -> None:
    same_everywhere(phone, f"math.{name}(d)", {"d": DOUBLE}, {"d": number})


def same_everywhere(phone: Phone, source: str, names: dict[str, Type], environment: dict[str, Any]) -> Any:
    read = parse_expression(source, names)
    assert isinstance(read, Expression), read
    here = tagged(compile_tree(read.tree)(environment))
    assert same(here, phone.evaluate(read.tree, environment)), (source, environment)
    return here


ZONES = [
    "Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Europe/London",
    "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo",
    "Pacific/Auckland", "UTC", "+08:00", "-09:30", "02:00",
]  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_clocks_in_a_zone_show_the_same_from_1970_to_2037(phone: Phone, zone: str) -> None:
    parts = [
        "getFullYear",
        "getMonth",
        "getDate",
        "getDayOfWeek",
        "getDayOfYear",
        "getHours",
        "getMinutes",
        "getSeconds",
    ]
    source = "[" + ", ".join(f"t.{part}('{zone}')" for part in parts) + "]"
    for seconds in range(0, 2_145_916_800, 43 * 86_400 + 12_347):
        same_everywhere(phone, source, {"t": TIMESTAMP}, {"t": Timestamp(seconds * 10**9)})


@pytest.mark.parametrize("ns", [-62_135_596_800 * 10**9, 253_402_300_799_999_999_999, -1, 0, 951_782_400 * 10**9])
def test_moments_at_the_edge_of_the_calendar_have_the_same_parts(phone: Phone, ns: int) -> None:
    for zone in ("-23:59", "+23:59", "Asia/Shanghai", "America/New_York"):
        for part in ("FullYear", "Month", "DayOfMonth", "DayOfYear", "DayOfWeek", "Hours", "Milliseconds"):
            same_everywhere(phone, f"t.get{part}('{zone}')", {"t": TIMESTAMP}, {"t": Timestamp(ns)})


LIMITS = [
    ("l.all(x, l.all(y, l.all(z, true)))", "too_costly"),
    ("l.exists(x, l.exists(y, x == y && x < 0))", "value"),
    ("(l + l + l + l + l + l + l + l).map(x, s + s).exists(x, x == '')", "value"),
    ("(" + " + ".join(["l"] * 40) + ").size() > 0", "too_long"),
    ("[s].map(x, x + x + x + x + x + x + x + x)[0].replace('a', 'aaaaaaaaaaaaaaaa').size() > 0", "too_long"),
    ("s.replace('a', s).size() > 0", "too_long"),
    ("s.split('').size() == 1000", "value"),
    ("(s + s + s + s + s + s + s + s + s + s + s).matches('b')", "too_long"),
    ("l.map(x, s.split('')).exists(x, 'b' in x)", "too_costly"),
    ("[l, l] == [l, l] && l.all(x, [l, l] == [l, l])", "too_costly"),
    ("l.map(x, s).join().matches('^(a?){50}b')", "too_long"),
    ("s.matches('(.?){400}b') || s.matches('(.?){900}b') || s.matches('(.?){901}b')", "value"),
    ("[l].map(x, [x, x]).map(x, [x, x]).map(x, [x, x]).map(x, x == x)[0]", "value"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind"), LIMITS)
def test_limits_stop_both_at_the_same_step(phone: Phone, source: str, kind: str) -> None:
    names, environment = {"l": list_of(INT), "s": STRING}, {"l": list(range(300)), "s": "a" * 1000}
    result = same_everywhere(phone, source, names, environment)
    assert (result["e"] if isinstance(result, dict) and "e" in result else "value") == kind
