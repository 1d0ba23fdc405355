"""What a printed step is put together from. Each kind of block is drawn in one way, whatever field it comes from."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text to read; its lines are kept."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A safety note in its frame: `level` is info, caution or danger."""

    kind: ClassVar[str] = "warned"
    level: str
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an instruction, by its content's hash."""

    kind: ClassVar[str] = "picture"
    sha256: str
    alt: str


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick, each with what it says."""

    kind: ClassVar[str] = "ticks"
    labels: tuple[str, ...]
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line to fill in, with what stands before and after it; `rows` lines where there is much to write."""

    kind: ClassVar[str] = "line"
    label: str = ""
    unit: str = ""
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts beside each other: the norm, the tolerance, the instrument."""

    kind: ClassVar[str] = "facts"
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: a text, or a place to write or tick (`box`)."""

    text: str = ""
    box: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; cells without text are filled in by hand. `label` names it for who hears it."""

    kind: ClassVar[str] = "grid"
    label: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Warned | Picture | Ticks | Line | Facts | Grid
