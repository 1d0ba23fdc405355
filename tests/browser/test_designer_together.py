"""Two people edit one draft at random: both end with the same, and no edit is lost but by somebody's own choice.

15 seconds of it, or a minute by `make test-designer`; MENDLOOP_TOGETHER_SEED repeats a run.
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from drafting.ledger import Ledger, differences
from drafting.scribbler import Scribbler
from mendloop.testing.designer_tab import DesignerTab

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(1200)]
SECONDS = float(os.environ.get("MENDLOOP_TOGETHER_SECONDS", "15"))
SEED = int(os.environ.get("MENDLOOP_TOGETHER_SEED", str(random.randrange(10**6))))
TEMPLATE = "builtin:washing_machine.does_not_drain"


def test_two_people_editing_at_random_end_equal_and_lose_nothing(
    designing: Callable[..., DesignerTab], pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, chance = Ledger(), random.Random(SEED)
    lin, dee = designing("lin"), designing("dee")
    template = lin.begin({"from": TEMPLATE})
    people = [Scribbler(name, tab.open(template), ledger, chance) for name, tab in (("lin", lin), ("dee", dee))]
    for each in people:
        each.tab.show_outline()
    edit_for_a_while(people, chance)
    for each in people:
        each.tab.picture(pictures / "designer" / f"together_{each.name}.png")
    settle(people)
    with capsys.disabled():
        print(f"\n  together, seed {SEED}, {SECONDS:.0f} s: {ledger.told()}")
    server = lin.on_server(template)
    for each in people:
        state = each.tab.save_state.inner_text()
        apart = differences(each.tab.document(), server["document"])
        assert apart == [], f"seed {SEED}: {each.name}'s screen ({state}) is not what the server has"
    assert ledger.lost(server["document"]) == [], f"seed {SEED}"
    assert spots(lin) == spots(dee), f"seed {SEED}: the same flow stands differently on two screens"
    assert len(ledger.acts) > SECONDS / 3
    assert ledger.impossible() == [], ledger.failed
    assert len(ledger.failed) <= len(ledger.acts) / 5, ledger.failed
    assert lin.errors == dee.errors == []


def edit_for_a_while(people: list[Scribbler], chance: random.Random) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        who = chance.choice(people)
        if chance.random() < 0.5:
            who.choose_if_asked()
        who.scribble()
        who.tab.page.wait_for_timeout(chance.choice((0, 0, 100, 400)))


def settle(people: list[Scribbler]) -> None:
    """Nobody edits any more; what has to be chosen is chosen, until everybody has the same."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        asked = [each.choose_if_asked() for each in people]
        people[0].tab.page.wait_for_timeout(1_500)
        states = [each.tab.save_state.get_attribute("data-state") for each in people]
        if not any(asked) and states == ["saved", "saved"] and people[0].tab.document() == people[1].tab.document():
            return


SPOTS = """() => Object.fromEntries([...document.querySelectorAll("[data-testid^=node-][data-node]")]
    .map(each => [each.dataset.node, [each.style.left, each.style.top]]).sort())"""


def spots(tab: DesignerTab) -> dict[str, list[str]]:
    """Where the cards stand, the whole flow being in sight."""
    tab.find("canvas").click(position={"x": 6, "y": 6})
    tab.press("0")
    tab.page.wait_for_timeout(300)
    found: dict[str, list[str]] = tab.page.evaluate(SPOTS)
    return found
