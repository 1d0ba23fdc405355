"""RE2 on the server and the compiled program on the phone find the same patterns in the same texts."""

import time

import pytest
import re2
from cel.phone import Phone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop_engine.expressions import compile_pattern
from mendloop_engine.expressions.matching import matcher

TEXTS = st.lists(st.text(st.sampled_from("aAbBkKxs019 _-.\n中文é😀\u212a\u017f"), max_size=12), min_size=1, max_size=8)

ATOMS = [
    *("a", "b", "k", "中", "😀", ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\b", "^", "$", "\\A", "\\z"),
    *("[a-c]", "[^a]", "[[:alpha:]]", "[^[:digit:]_]", "[]a]", "[^]x-]", "[\\d\\-]", "\\p{Han}", "\\P{L}", "\\pN"),
    *(
        "[\\p{Greek}a]",
        "\\Q.\\E",
        "\\x41",
        "\\x{4e2d}",
        "\\.",
        "\\Qa.b\\E",
        "\\t",
        "(?i)",
        "(?s)",
        "(?m)",
        "(?-i)",
        "(?:)",
        "\\101",
    ),
]
COUNTS = ("*", "+", "?", "*?", "+?", "??", "{2}", "{1,}", "{0,2}", "{1,3}?", "{,2}")


@st.composite
def patterns(draw: st.DrawFn, depth: int = 3) -> str:
    pieces = []
    for _ in range(draw(st.integers(0, 3))):
        if depth and draw(st.booleans()):
            opening = draw(st.sampled_from(["(", "(?:", "(?i:", "(?P<n>", "(?s-i:", "(?m:"]))
            piece = f"{opening}{draw(patterns(depth=depth - 1))})"
        else:
            piece = draw(st.sampled_from(ATOMS))
        pieces.append(piece + (draw(st.sampled_from(COUNTS)) if draw(st.booleans()) else ""))
    other = f"|{draw(patterns(depth=depth - 1))}" if depth and draw(st.integers(0, 4)) == 0 else ""
    return "".join(pieces) + other


def accepted_by_re2(pattern: str) -> bool:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error:
        return False
    return True


@settings(max_examples=1200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
@given(pattern=patterns(), texts=TEXTS)
def test_phone_finds_what_re2_finds(phone: Phone, pattern: str, texts: list[str]) -> None:
    program = compile_pattern(pattern)
    assert (program == "invalid") == (not accepted_by_re2(pattern))
    if isinstance(program, str):
        return
    match = matcher(pattern)
    assert phone.search(program, texts) == [match(text) for text in texts], pattern


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(.*a){12}$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_no_pattern_backtracks(phone: Phone, pattern: str) -> None:
    program = compile_pattern(pattern)
    text = "a" * 5_000 + "!"
    begin = time.monotonic()
    assert phone.search(program, [text]) == [matcher(pattern)(text)]
    assert time.monotonic() - begin < 2


def test_each_letter_of_unicode_is_in_the_classes_that_re2_says(phone: Phone) -> None:
    letters = [chr(code) for code in [*range(0x20, 0x500), *range(0x2000, 0x2200), *range(0x4DF0, 0x4E10), 0x1F600]]
    for pattern in ("(?i)k", "(?i)s", "\\pL", "\\p{Lu}", "(?i)[à-þ]", "[[:punct:]]", "(?i)ß", "\\w"):
        match = matcher(pattern)
        assert phone.search(compile_pattern(pattern), letters) == [match(letter) for letter in letters], pattern
