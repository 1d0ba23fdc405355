"""The differential test is worth something only if it notices: each of these small mistakes is found."""

from pathlib import Path

import pytest
from differential.coverage import Coverage
from differential.peer import Peer, PeerCrashed, bundle
from differential.play import Differs, Run

RUNS = 150
MISTAKES = {
    "trims only blanks": ("text.trim()", "text.replace(/^ +| +$/g, '')"),
    "counts UTF-16 units": ("if (isPair(text, index)) count--;", ""),
    "the limit itself counts as beyond it": ("value > max", "value >= max"),
    "forgets the rework limit by one": (">= limit)", "> limit)"),
    "gives every visit the number 1": ("this.history.count(node) + 1", "1"),
    "confirms one's own lock": ("open.some((lock) => lock.by === by)", "false"),
    "lets a clock run backwards": ("Math.max(0, end - start)", "end - start"),
    "passes a join too early": ("if (arrived >= expected)", "if (arrived >= 1)"),
    "orders keys as they come": ("Object.keys(object).sort()", "Object.keys(object)"),
    "reports only the first problem of a shot": ("photos.forEach(", "photos.slice(0, 1).forEach("),
    "drops a reason without saying so": ("reasons: shownReasons(done)", "reasons: {}"),
    "takes an absent answer for a failed check": (
        "=== false) problems.push(...objection",
        "!== true) problems.push(...objection",
    ),
    "signs without the visit": ("visit,\n\t\t\t\tanswers: others", "answers: others"),
}


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle(tmp_path_factory.mktemp("sound")).read_text("utf-8")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_noticed(mistake: str, script: str, tmp_path: Path) -> None:
    right, wrong = MISTAKES[mistake]
    assert script.count(right) == 1, f"the browser engine no longer says {right!r} once"
    broken = tmp_path / "peer.mjs"
    broken.write_text(script.replace(right, wrong), "utf-8")
    with Peer(broken) as peer, pytest.raises((Differs, PeerCrashed)):
        play(peer)


def play(peer: Peer) -> None:
    for seed in range(1, RUNS + 1):
        Run(seed, peer, Coverage()).play()
