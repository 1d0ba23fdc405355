"""Nets in LoLA's format, read by nothing of ours: what runs are replayed on."""

import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mendloop_engine.soundness import Finding, Net, NetBuilder, Sound, Verdict


@dataclass(frozen=True, slots=True)
class Lola:
    """A net as its file says."""

    places: list[str]
    start: Counter[str]
    transitions: Mapping[str, tuple[Counter[str], Counter[str]]]

    def net(self) -> Net:
        builder = NetBuilder()
        builder.marking(self.places)
        for name, (takes, gives) in self.transitions.items():
            builder.transition(name, takes, gives)
        return builder.net(self.start)

    def replay(self, run: tuple[str, ...]) -> Counter[str]:
        """The tokens after the run; fails where a transition of it cannot fire."""
        marking = Counter(self.start)
        for name in run:
            takes, gives = self.transitions[name]
            if not takes <= marking:
                raise ValueError(f"{name} cannot fire")
            marking = marking - takes + gives
        return marking

    def goes_on_from(self, marking: Counter[str]) -> bool:
        return any(takes <= marking for takes, _ in self.transitions.values())


def read_lola(text: str) -> Lola:
    bare = re.sub(r"\{.*?\}", "", text, flags=re.DOTALL)
    places = [name.strip() for name in _between(bare, "PLACE").split(",")]
    transitions = {
        name: (_tokens(takes), _tokens(gives))
        for name, takes, gives in re.findall(
            r"TRANSITION\s+(\S+)\s+CONSUME\s*(.*?);\s*PRODUCE\s*(.*?);", bare, re.DOTALL
        )
    }
    return Lola(places, _tokens(_between(bare, "MARKING")), transitions)


def _between(text: str, word: str) -> str:
    found = re.search(rf"{word}\s+(.*?);", text, re.DOTALL)
    if found is None:
        raise ValueError(f"no {word}")
    return found[1]


def _tokens(text: str) -> Counter[str]:
    """`a: 1, b` is one token in each; more than one in a place is nothing for a 1-safe net."""
    pairs = (part.strip().partition(":") for part in text.split(",") if part.strip())
    found = Counter({name.strip(): int(count or 1) for name, _, count in pairs})
    if any(count != 1 for count in found.values()):
        raise ValueError(f"several tokens at once: {text}")
    return found


def read_nets(folder: Path) -> Iterator[tuple[str, Lola]]:
    """The nets of a folder by the names of their files, packed (`nets.tar.gz`) or not (`*.lola`)."""
    for path in sorted(folder.glob("*.lola")):
        yield path.name, read_lola(path.read_text(encoding="utf-8"))
    for packed in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(packed) as archive:
            for member in archive.getmembers():
                file = archive.extractfile(member) if member.name.endswith(".lola") else None
                if file is not None:
                    yield Path(member.name).name, read_lola(file.read().decode())


def shows(lola: Lola, verdict: Finding) -> bool:
    """Whether the run leads to what is said of it."""
    marking = lola.replay(verdict.run)
    if verdict.flaw == "doubled":
        return all(marking[place] > 1 for place in verdict.places)
    if verdict.flaw == "deadlock":
        return not lola.goes_on_from(marking) and all(marking[place] for place in verdict.places)
    return lola.goes_on_from(marking)


def word(verdict: Verdict) -> str:
    """The verdict as the table names it."""
    return verdict.flaw if isinstance(verdict, Finding) else "sound" if isinstance(verdict, Sound) else "undecided"
