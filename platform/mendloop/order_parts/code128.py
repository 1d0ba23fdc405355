"""A bar code that every scanner reads: Code 128, code set B, as the widths of its bars and gaps.

ISO/IEC 15417. A character is six widths that add up to eleven modules; the stop has seven, thirteen modules.
"""

from collections.abc import Iterator

_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_WIDTHS = _TABLE.split()
START_B, STOP = 104, 106
QUIET = 10
"""Empty modules before and after, or no scanner finds where it begins."""


def bars(text: str) -> list[tuple[int, int]]:
    """Where each bar begins and how wide it is, in modules from the left end of the quiet zone."""
    found, at = [], QUIET
    for code in codes(text):
        for place, width in enumerate(_WIDTHS[code]):
            if place % 2 == 0:
                found.append((at, int(width)))
            at += int(width)
    return found


def codes(text: str) -> list[int]:
    """The characters' numbers, with start, check character and stop; only printable ASCII has any."""
    if not text or any(not " " <= sign <= "~" for sign in text):
        raise ValueError("no bar code says this")
    data = [ord(sign) - 32 for sign in text]
    check = (START_B + sum(place * value for place, value in enumerate(data, start=1))) % 103
    return [START_B, *data, check, STOP]


def width_of(text: str) -> int:
    """How many modules the code of `text` takes, quiet zones included."""
    return 2 * QUIET + sum(int(width) for code in codes(text) for width in _WIDTHS[code])


def rows(text: str) -> Iterator[bool]:
    """The code as modules from left to right, true where it is dark."""
    dark = {at + step for at, width in bars(text) for step in range(width)}
    return (place in dark for place in range(width_of(text)))
