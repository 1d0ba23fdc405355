"""One word of an expression."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the source. `text` is as written; of a string or bytes, `value` is what it stands for."""

    kind: str
    text: str
    start: int
    end: int
    value: str | bytes = ""
