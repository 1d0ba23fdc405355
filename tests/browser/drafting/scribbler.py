"""Somebody who edits a template at random, with mouse and keys, and writes down what was done."""

import random
from collections.abc import Callable
from typing import Any

from drafting.ledger import Act, Fact, Ledger, text_of
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import Error, expect

Document = dict[str, Any]
IMPATIENCE_MS = 4_000
FIELD_TYPES = ("text", "number", "date", "checklist", "photo", "reading", "choice")


class Scribbler:
    """One person in one tab."""

    def __init__(self, name: str, tab: DesignerTab, ledger: Ledger, chance: random.Random) -> None:
        self.name, self.tab, self.ledger, self.chance = name, tab, ledger, chance
        tab.page.set_default_timeout(IMPATIENCE_MS)
        self.count = 0
        self.acts: dict[Callable[[Document], Act | None], int] = {
            self.write_title: 14,
            self.write_minutes: 6,
            self.write_description: 4,
            self.add_step: 8,
            self.remove_step: 5,
            self.rename_step: 4,
            self.move_step: 8,
            self.add_field: 12,
            self.write_label: 12,
            self.remove_field: 6,
            self.undo: 9,
            self.redo: 4,
        }

    def scribble(self) -> None:
        """Do something."""
        act = self.chance.choices(list(self.acts), list(self.acts.values()))[0]
        try:
            before = self.tab.document()
            done = act(before)
            self.ledger.could[act.__name__] += 1
            if done is not None:
                self.ledger.note(done, before, self.tab.document())
        except (Error, AssertionError) as failure:
            self.ledger.failed.append(f"{self.name} {act.__name__}: {str(failure)[:120]}")
            self.tab.press("Escape")
            self.tab.press("Escape")

    def choose_if_asked(self) -> bool:
        """Choose, where both have changed the same. True when there was something to choose."""
        if self.tab.save_state.get_attribute("data-state") != "conflict":
            return False
        dialog = self.tab.find("conflicts")
        if dialog.count() == 0:
            self.tab.save_state.click()
        expect(dialog).to_be_visible()
        while dialog.count():
            words = dialog.inner_text()
            side = self.chance.choice(("take-mine", "take-theirs"))
            dialog.get_by_test_id(side).first.click()
            self.ledger.put_to_choice(words)
        return True

    def mark(self) -> str:
        self.count += 1
        return f"{self.name}-{self.count:03d}."

    def steps(self, document: Document) -> list[str]:
        """The first ones most often, so that two people meet."""
        steps = [name for name, node in document["nodes"].items() if node["kind"] == "step"]
        return steps[:3] * 3 + steps

    def step(self, document: Document) -> str:
        return self.chance.choice(self.steps(document))

    def write_title(self, before: Document) -> Act:
        node, mark, language = self.step(before), self.mark(), self.chance.choice(("en", "zh-CN"))
        self.tab.settings(node)
        control = self.tab.control(f"/nodes/{node}/title/{language}")
        self._type(control, mark)
        old = before["nodes"][node].get("title", {}).get(language)
        return Act(self.name, "titles", old, (Fact(self.name, mark),))

    def write_minutes(self, before: Document) -> Act | None:
        node, number = self.step(before), str(self.chance.randrange(1_000, 10_000))
        self.tab.settings(node)
        control = self.tab.control(f"/nodes/{node}/standard_minutes")
        if control.count() == 0 or number in text_of(before):
            return None
        control.fill(number)
        control.press("Tab")
        return Act(self.name, "minutes", before["nodes"][node].get("standard_minutes"), (Fact(self.name, number),))

    def write_description(self, before: Document) -> Act:
        mark, language = self.mark(), self.chance.choice(("en", "zh-CN"))
        self.tab.page.get_by_test_id("canvas").click(position={"x": 6, "y": 6})
        self._type(self.tab.control(f"/description/{language}"), mark)
        old = before.get("description", {}).get(language)
        return Act(self.name, "descriptions", old, (Fact(self.name, mark),))

    def add_step(self, before: Document) -> Act:
        mark = self.mark()
        self.tab.add_step(self.step(before), mark)
        return Act(self.name, "steps added", None, (Fact(self.name, mark),))

    def remove_step(self, before: Document) -> Act | None:
        node = self.step(before)
        title = before["nodes"][node].get("title", {}).get("en", "")
        if len(self.steps(before)) < 15 or text_of(before).count(title) != 1 or title == "":
            return None
        self.tab.remove_node(node)
        return Act(self.name, "steps removed", before["nodes"][node], (Fact(self.name, title, is_there=False),))

    def rename_step(self, before: Document) -> Act:
        node, mark = self.step(before), f"{self.name}_{self.chance.randrange(10**6)}"
        self.tab.settings(node)
        panel = self.tab.find(f"panel-node-{node}")
        for folded in ("panel-more", "panel-name"):
            if panel.get_by_test_id(folded).first.get_attribute("open") is None:
                panel.get_by_test_id(folded).first.locator("> summary").click()
        control = panel.locator(f"input[data-pointer='/nodes/{node}']")
        control.fill(mark)
        control.press("Enter")
        expect(self.tab.find(f"outline-{mark}")).to_be_visible()
        return Act(self.name, "steps renamed", node, (Fact(self.name, mark),))

    def move_step(self, before: Document) -> Act:
        node = self.step(before)
        self.tab.move_node(node, (self.chance.randrange(-90, 90), self.chance.randrange(20, 60)))
        return Act(self.name, "moves", None)

    def add_field(self, before: Document) -> Act:
        mark = self.mark()
        self.tab.add_field(self.step(before), self.chance.choice(FIELD_TYPES), mark)
        return Act(self.name, "fields added", None, (Fact(self.name, mark),))

    def write_label(self, before: Document) -> Act | None:
        found = self._field(before)
        if found is None:
            return None
        node, field, mark = *found, self.mark()
        self.tab.write_label(node, field["id"], mark)
        return Act(self.name, "labels", field.get("label", {}).get("en"), (Fact(self.name, mark),))

    def remove_field(self, before: Document) -> Act | None:
        found = self._field(before)
        label = "" if found is None else found[1].get("label", {}).get("en", "")
        if found is None or label == "" or text_of(before).count(label) != 1:
            return None
        node, field = found
        self.tab.remove_field(node, field["id"])
        return Act(self.name, "fields removed", field, (Fact(self.name, label, is_there=False),))

    def undo(self, _: Document) -> Act | None:
        return self._take_back("undo")

    def redo(self, _: Document) -> Act | None:
        return self._take_back("redo")

    def _take_back(self, which: str) -> Act | None:
        if not self.tab.find(which).is_enabled():
            return None
        self.tab.find(which).click()
        return Act(self.name, f"{which}s", None, takes_back=True)

    def _field(self, document: Document) -> tuple[str, Document] | None:
        node = self.step(document)
        fields = document["nodes"][node].get("fields", [])
        return (node, self.chance.choice(fields)) if fields else None

    def _type(self, control: Any, text: str) -> None:
        """Letter by letter, or all at once as a paste does."""
        if self.chance.random() < 0.5:
            control.fill(text)
        else:
            control.press("ControlOrMeta+a")
            control.press_sequentially(text)
