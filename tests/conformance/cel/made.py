"""Random expressions over the profile, well typed, with values for the names they read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st
from mendloop_engine.expressions import (
    ABSENT,
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    UINT,
    Duration,
    Timestamp,
    Type,
    Uint,
    Value,
    list_of,
    map_of,
    object_of,
)
from mendloop_engine.expressions.values import MapKey

INTS, TEXTS, DOUBLES, COUNTS = list_of(INT), list_of(STRING), list_of(DOUBLE), map_of(STRING, INT)
RECORD = object_of({"value": DOUBLE, "reason": STRING, "closed": BOOL})
RECORDS = list_of(RECORD)

NAMES: Mapping[str, Type] = {
    "i": INT,
    "j": INT,
    "u": UINT,
    "d": DOUBLE,
    "e": DOUBLE,
    "s": STRING,
    "r": STRING,
    "b": BOOL,
    "c": BOOL,
    "y": BYTES,
    "t": TIMESTAMP,
    "w": DURATION,
    "ints": INTS,
    "texts": TEXTS,
    "doubles": DOUBLES,
    "counts": COUNTS,
    "record": RECORD,
    "records": RECORDS,
}

_SECOND = 10**9
_LETTERS = st.text(st.sampled_from("abcXYZ019 -_.é中文😀\n"), max_size=8)
_INTEGERS = st.one_of(st.integers(-5, 20), st.integers(-(2**63), 2**63 - 1))
_REALS = st.one_of(
    st.integers(-20, 20).map(float), st.floats(-1e6, 1e6), st.floats(allow_nan=False, allow_infinity=False)
)
_MOMENTS = st.integers(-62_135_596_800, 253_402_300_799).map(lambda s: Timestamp(s * _SECOND + 123_456_000))
_SPANS = st.integers(-(10**9), 10**9).map(lambda s: Duration(s * _SECOND + 500_000_000))


def _record(absences: bool) -> st.SearchStrategy[Value]:
    members: dict[MapKey, st.SearchStrategy[Value]] = {"value": _REALS, "reason": _LETTERS, "closed": st.booleans()}
    return st.fixed_dictionaries({}, optional=members) if absences else st.fixed_dictionaries(members)


def _values(absences: bool) -> dict[Type, st.SearchStrategy[Value]]:
    simple: dict[str, st.SearchStrategy[Value]] = {
        "bool": st.booleans(),
        "int": _INTEGERS,
        "uint": st.one_of(st.integers(0, 9), st.integers(0, 2**64 - 1)).map(Uint),
        "double": _REALS,
        "string": _LETTERS,
        "bytes": st.binary(max_size=5),
        "timestamp": _MOMENTS,
        "duration": _SPANS,
    }
    made = {Type(kind): strategy for kind, strategy in simple.items()}
    made |= {list_of(Type(kind)): st.lists(simple[kind], max_size=5) for kind in ("int", "string", "double")}
    made[COUNTS] = st.dictionaries(st.sampled_from(["a", "k", "中"]), _INTEGERS, max_size=3)
    made[RECORD] = _record(absences)
    made[RECORDS] = st.lists(_record(absences), max_size=3)
    return made


def environments(absences: bool) -> st.SearchStrategy[dict[str, Value]]:
    """A value for every name; with `absences` up to two are absent, and records lack members."""
    values = _values(absences)
    full = st.fixed_dictionaries({name: values[type_] for name, type_ in NAMES.items()})
    if not absences:
        return full
    missing = st.sets(st.sampled_from(list(NAMES)), max_size=2)
    return st.builds(lambda names, values: values | dict.fromkeys(names, ABSENT), missing, full)


@dataclass(slots=True)
class Maker:
    """Draws expressions; `extended`: also what only the profile has, such as an int beside a double."""

    draw: Callable[[st.SearchStrategy[str]], str]
    extended: bool
    scope: list[tuple[str, Type]]

    def one(self, type_: Type, depth: int) -> str:
        """The source of an expression of that type."""
        names = [name for name, known in [*NAMES.items(), *self.scope] if known == type_]
        plain = [*names, *_LITERALS.get(type_.kind, ())]
        if type_.kind == "list" and not plain:
            plain = ["[]"]
        if depth <= 0:
            return self.pick(plain)
        rules = [*_RULES.get(str(type_), ()), _choice(type_)]
        rule = self.pick([str(index) for index in range(-1, len(rules))])
        return self.pick(plain) if rule == "-1" else f"({rules[int(rule)](self, depth - 1)})"

    def pick(self, options: list[str]) -> str:
        return self.draw(st.sampled_from(options))

    def number(self, depth: int) -> str:
        return self.one(Type(self.pick(["int", "double", "uint", "int", "double"])), depth)

    def anything(self, depth: int) -> tuple[str, str]:
        """Two expressions that may be compared."""
        kinds = ["int", "double", "string", "bool", "timestamp", "duration", "bytes"]
        type_ = Type(self.pick(kinds))
        return self.one(type_, depth), self.one(type_, depth)

    def macro(self, name: str, span: Type, body: Type, depth: int) -> str:
        over, variable = self.one(span, depth), f"v{len(self.scope)}"
        self.scope.append((variable, span.items[0]))
        text = f"{over}.{name}({variable}, {self.one(body, depth)})"
        self.scope.pop()
        return text


Rule = Callable[[Maker, int], str]

_LITERALS: Mapping[str, tuple[str, ...]] = {
    "bool": ("true", "false"),
    "int": ("0", "1", "-3", "7", "9223372036854775807", "0x1F"),
    "uint": ("0u", "3u"),
    "double": ("0.0", "1.5", "-2.25", "1e3", "0.05"),
    "string": ("''", "'ab'", "'中文'", "'a-b c'", '"😀x"'),
    "bytes": ("b'ab'", "b'\\xff'"),
    "timestamp": ("timestamp('2024-02-29T12:30:45.5Z')", "timestamp('1999-12-31T23:59:59+08:00')"),
    "duration": ("duration('90m')", "duration('-1.5s')"),
    "list(int)": ("[1, 2, 3]",),
}
_PATTERNS = ("^[a-c]+$", "\\\\d", "中|文", "(?i)xyz", "^.{0,3}$", "[^a-z]", "\\\\b1", "(a|b)*c?")
_ZONES = ("Asia/Shanghai", "America/New_York", "+05:30", "Europe/Berlin")
_MOMENT_PARTS = (
    "FullYear",
    "Month",
    "Date",
    "DayOfMonth",
    "DayOfWeek",
    "DayOfYear",
    "Hours",
    "Minutes",
    "Seconds",
    "Milliseconds",
)


def _choice(type_: Type) -> Rule:
    return lambda m, n: f"{m.one(BOOL, n)} ? {m.one(type_, n)} : {m.one(type_, n)}"


def _infix(operators: str, left: Type, right: Type | None = None) -> Rule:
    return lambda m, n: f"{m.one(left, n)} {m.pick(operators.split())} {m.one(right or left, n)}"


def _member(name: str, target: Type, *arguments: Type) -> Rule:
    def make(m: Maker, n: int) -> str:
        return f"{m.one(target, n)}.{name}({', '.join(m.one(argument, n) for argument in arguments)})"

    return make


def _function(name: str, *arguments: Type) -> Rule:
    return lambda m, n: f"{name}({', '.join(m.one(argument, n) for argument in arguments)})"


def _mixed(m: Maker, n: int) -> str:
    operands = [m.one(DOUBLE, n), m.one(INT, n)] if m.extended else [m.one(DOUBLE, n), m.one(DOUBLE, n)]
    return m.pick([f"{operands[0]} {op} {operands[1]}" for op in "+-*/"] + [f"{operands[1]} * {operands[0]}"])


def _equality(m: Maker, n: int) -> str:
    one, other = m.anything(n)
    return f"{one} {m.pick(['==', '!='])} {other}"


def _has(m: Maker, n: int) -> str:
    more = ["has(s)", "has(records[0].value)", "has(counts.a)"] if m.extended else []
    return m.pick(["has(record.value)", "has(record.reason)", *more])


def _only(extended: Rule, otherwise: Rule) -> Rule:
    """`extended` where a judge is known to differ: see `test_where_a_judge_differs_and_why`."""
    return lambda m, n: (extended if m.extended else otherwise)(m, n)


def _lists(m: Maker, n: int) -> str:
    type_ = Type("list", (Type(m.pick(["int", "string", "double"])),))
    return f"{m.one(type_, n)} == {m.one(type_, n)}"


_RULES: Mapping[str, tuple[Rule, ...]] = {
    "bool": (
        lambda m, n: f"!{m.one(BOOL, n)}",
        _infix("&& ||", BOOL),
        _infix("&& ||", BOOL),
        lambda m, n: f"{m.number(n)} {m.pick(['<', '<=', '>', '>=', '==', '!='])} {m.number(n)}",
        _infix("< <= > >=", STRING),
        _infix("< <= > >=", TIMESTAMP),
        _infix("< > ==", DURATION),
        _infix("< >=", BYTES),
        _equality,
        _lists,
        _member("contains", STRING, STRING),
        _member("startsWith", STRING, STRING),
        _member("endsWith", STRING, STRING),
        lambda m, n: f"{m.one(STRING, n)}.matches('{m.pick(list(_PATTERNS))}')",
        _infix("in", INT, INTS),
        _infix("in", STRING, TEXTS),
        _infix("in", STRING, COUNTS),
        lambda m, n: m.macro(m.pick(["all", "exists", "exists_one"]), INTS, BOOL, n),
        lambda m, n: m.macro(m.pick(["all", "exists"]), TEXTS, BOOL, n),
        lambda m, n: f"records.{m.pick(['all', 'exists'])}(x, x.value > {m.one(DOUBLE, n)} || x.closed)",
        _has,
        lambda m, n: "record.closed",
    ),
    "int": (
        _infix("+ - * / %", INT),
        _infix("+ - * / %", INT),
        lambda m, n: f"-{m.one(INT, n)}",
        _function("size", STRING),
        _function("size", INTS),
        _function("size", BYTES),
        _function("int", DOUBLE),
        _function("int", UINT),
        _function("int", TIMESTAMP),
        lambda m, n: f"{m.one(INTS, n)}[{m.one(INT, n)}]",
        lambda m, n: f"counts.{m.pick(['a', 'k'])}",
        lambda m, n: f"counts[{m.one(STRING, n)}]",
        _member("indexOf", STRING, STRING),
        lambda m, n: f"{m.one(TIMESTAMP, n)}.get{m.pick(list(_MOMENT_PARTS))}()",
        lambda m, n: f"{m.one(TIMESTAMP, n)}.get{m.pick(list(_MOMENT_PARTS))}('{m.pick(list(_ZONES))}')",
        lambda m, n: f"{m.one(DURATION, n)}.get{m.pick(['Hours', 'Minutes', 'Seconds'])}()",
    ),
    "uint": (_infix("+ - * / %", UINT), _function("uint", INT), _function("uint", DOUBLE)),
    "double": (
        _infix("+ - * /", DOUBLE),
        _mixed,
        lambda m, n: f"-{m.one(DOUBLE, n)}",
        _function("double", INT),
        _function("double", UINT),
        lambda m, n: "record.value",
        lambda m, n: f"{m.one(DOUBLES, n)}[{m.one(INT, n)}]",
        lambda m, n: f"math.{m.pick(['greatest', 'least'])}({m.one(DOUBLE, n)}, {m.one(DOUBLE, n)})",
    ),
    "string": (
        _infix("+", STRING),
        _function("string", INT),
        _function("string", UINT),
        _function("string", BOOL),
        _only(_function("string", TIMESTAMP), _function("string", STRING)),
        _function("string", BYTES),
        _member("lowerAscii", STRING),
        _member("upperAscii", STRING),
        _member("trim", STRING),
        _only(
            _member("replace", STRING, STRING, STRING),
            lambda m, n: f"{m.one(STRING, n)}.replace('{m.pick(['a', '中', 'ab'])}', {m.one(STRING, n)})",
        ),
        _member("substring", STRING, INT),
        _member("substring", STRING, INT, INT),
        _member("charAt", STRING, INT),
        _member("join", TEXTS, STRING),
        lambda m, n: f"{m.one(TEXTS, n)}[{m.one(INT, n)}]",
        lambda m, n: "record.reason",
    ),
    "bytes": (_infix("+", BYTES), _function("bytes", STRING)),
    "timestamp": (
        _infix("+ -", TIMESTAMP, DURATION),
        _only(_function("timestamp", INT), lambda m, n: m.one(TIMESTAMP, n)),
    ),
    "duration": (_infix("+ -", DURATION), _infix("-", TIMESTAMP)),
    "list(int)": (
        _infix("+", INTS),
        lambda m, n: f"[{m.one(INT, n)}, {m.one(INT, n)}]",
        lambda m, n: m.macro("filter", INTS, BOOL, n),
        lambda m, n: m.macro("map", INTS, INT, n),
        lambda m, n: m.macro("map", TEXTS, INT, n),
    ),
    "list(string)": (
        _infix("+", TEXTS),
        _only(_member("split", STRING, STRING), lambda m, n: f"{m.one(STRING, n)}.split('{m.pick(['a', ' ', '中'])}')"),
        lambda m, n: m.macro("filter", TEXTS, BOOL, n),
        lambda m, n: m.macro("map", INTS, STRING, n),
        _only(lambda m, n: "counts.map(k, k)", lambda m, n: "texts"),
    ),
    "list(double)": (lambda m, n: f"[{m.one(DOUBLE, n)}, {m.one(DOUBLE, n)}]", lambda m, n: "records.map(x, x.value)"),
}

_KINDS = ("bool", "bool", "bool", "int", "double", "string", "uint", "timestamp", "duration", "bytes")
_RESULTS = st.one_of(st.sampled_from(_KINDS).map(Type), st.sampled_from([INTS, TEXTS, DOUBLES]))


@st.composite
def sources(draw: st.DrawFn, extended: bool) -> str:
    """The source of a random expression over `NAMES`."""
    maker = Maker(draw, extended, [])
    return maker.one(draw(_RESULTS), 4)
