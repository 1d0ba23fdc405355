"""Kinds of files that become templates, by suffix. Plugins register theirs as the built-in ones are."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, ClassVar

from mendloop.problems import Problem, Refusal


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the file that is not in the template. `row` counts from 1, `column` is a letter as Excel shows it;
    `why` is a key `import.why.<why>`."""

    sheet: str
    row: int | None
    text: str
    why: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The draft that a file became, where its nodes stand if the file says so, and what was left out."""

    document: Mapping[str, Any]
    left_out: tuple[LeftOut, ...] = ()
    layout: Mapping[str, Any] | None = None


class Importer(ABC):
    """One kind of file."""

    name: ClassVar[str]
    """What it is called, for words: `import.format.<name>`."""

    suffixes: ClassVar[tuple[str, ...]]
    """How its files' names end, with the dot, in small letters."""

    @abstractmethod
    def sniff(self, content: bytes) -> bool:
        """Whether the content may be of this kind; quick, from its beginning."""

    @abstractmethod
    def read(self, content: bytes, stem: str) -> Imported:
        """The draft in `content`; `stem` is the file's name without its suffix. `Refusal` when it cannot be opened.

        It takes bounded time and memory, whatever is in the file.
        """


class Importers:
    """The kinds of files that can be imported."""

    def __init__(self) -> None:
        self._importers: dict[str, Importer] = {}

    def register(self, importer: Importer) -> None:
        """Adds a kind; ValueError when its name or one of its suffixes is taken."""
        taken = set(self.suffixes()) & set(importer.suffixes)
        if importer.name in self._importers or taken:
            raise ValueError(f"importer {importer.name} {sorted(taken)} is registered already")
        self._importers[importer.name] = importer

    def __iter__(self) -> Iterator[Importer]:
        return iter(self._importers.values())

    def suffixes(self) -> list[str]:
        """All suffixes that are known."""
        return [suffix for importer in self for suffix in importer.suffixes]

    def read(self, file_name: str, content: bytes) -> Imported:
        """The draft in a file; refused with words that say what is wrong with it."""
        path = PurePath(file_name.replace("\\", "/"))
        suffix = path.suffix.lower()
        importer = next((each for each in self if suffix in each.suffixes), None)
        if importer is None:
            raise Refusal(Problem("import.suffix_unknown", params={"suffix": suffix, "known": self.suffixes()}))
        if not content:
            raise Refusal(Problem("import.empty"))
        looks_like = next((each for each in self if each is not importer and each.sniff(content)), None)
        if looks_like is not None and not importer.sniff(content):
            params = {"suffix": suffix, "suffixes": list(looks_like.suffixes)}
            raise Refusal(Problem("import.suffix_wrong", params=params))
        return importer.read(content, path.stem[:200])
