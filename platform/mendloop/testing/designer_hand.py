"""What a designer does with the designer, whichever way it is done: with the mouse, or with keys alone."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from playwright.sync_api import expect

from mendloop.testing.designer_page import DesignerPage, at, named, quoted

Words = tuple[str, str]
"""In Chinese, in English."""
REQUIRED: Words = ("必填", "Required")
VISIBLE: Words = ("显示条件", "Shown when")


class Hand(ABC):
    """The few things that hands do, and what is made of them. Pointers are those of the template's JSON."""

    def __init__(self, desk: DesignerPage) -> None:
        self.desk = desk

    def begin(self, name: str, password: str, language: str) -> None:
        """Sign in, speak the language, begin with a blank template."""
        desk = self.desk
        desk.page.goto(f"{desk.address}/sign-in")
        self.write("input[name=sign_in_name]", name)
        self.write("input[name=password]", password)
        self.key("Enter")
        desk.page.wait_for_url(lambda address: "sign-in" not in address)
        desk.page.goto(f"{desk.address}/designer/")
        expect(desk.find("gallery")).to_be_visible()
        desk.language = desk.page.evaluate("document.documentElement.lang")
        self.speak(language)
        desk.look("00_gallery")
        self.press(named("blank"))
        expect(desk.find("editor")).to_be_visible()

    def speak(self, language: str) -> None:
        """In the gallery: the other language."""
        if self.desk.language != language:
            self.press(named("language"))
            self.desk.language = language
            expect(self.desk.page.locator(f"html[lang='{language}']")).to_be_attached()

    # what a hand does in its own way

    @abstractmethod
    def press(self, css: str) -> None:
        """A button, a link, a switch, a fold."""

    @abstractmethod
    def write(self, css: str, text: str) -> None:
        """A text, in place of what is written there."""

    @abstractmethod
    def choose(self, css: str, query: str, option: str) -> None:
        """One of a list that is searched by typing."""

    @abstractmethod
    def select(self, css: str, value: str) -> None:
        """One of a list that drops down."""

    @abstractmethod
    def segment(self, css: str) -> None:
        """One of a few words that stand side by side; `css` is its radio button."""

    @abstractmethod
    def menu(self, item: str) -> None:
        """An item of the menu that is open."""

    @abstractmethod
    def field_type(self, kind: str) -> None:
        """One of the types that are offered."""

    @abstractmethod
    def card(self, field: str) -> None:
        """Open the closed card of a field."""

    @abstractmethod
    def field_to_top(self, field: str) -> None:
        """Put a field first."""

    @abstractmethod
    def row_to_top(self, row: int) -> None:
        """Put a row of a list first."""

    @abstractmethod
    def route_to_top(self, row: int) -> None:
        """Let a way of the selected node be tried first."""

    @abstractmethod
    def node(self, node: str) -> None:
        """Select a node of the flow."""

    @abstractmethod
    def route(self, node: str, index: int) -> None:
        """Select a way that leads from a node."""

    @abstractmethod
    def add_on(self, node: str, index: int, kind: str) -> None:
        """Something new in a way."""

    @abstractmethod
    def add_end(self) -> None:
        """A second end, to which nothing leads yet."""

    @abstractmethod
    def connect(self, node: str, to: str) -> None:
        """A new way."""

    @abstractmethod
    def tab(self, name: str) -> None:
        """The fields or the settings of the step that is selected."""

    @abstractmethod
    def undo(self) -> None:
        """One edit back."""

    @abstractmethod
    def redo(self) -> None:
        """One edit forth."""

    # what is made of it

    def type(self, text: str) -> None:
        """Letters, as keyboards and input methods bring them."""
        self.desk.page.keyboard.insert_text(text)

    def said(self, words: Words) -> str:
        """In the language that is spoken here."""
        return words[0] if self.desk.language == "zh-CN" else words[1]

    def key(self, keys: str) -> None:
        """A key, where the cursor is."""
        self.desk.page.keyboard.press(keys)

    def fill(self, css: str, text: str) -> None:
        """Write it unless it is there already."""
        expect(self.desk.seen(css)).to_be_visible()
        if self.desk.value(css) != text:
            self.write(css, text)
        expect(self.desk.seen(css)).to_have_value(text)

    def take(self, css: str, text: str) -> None:
        """What no list has: as it is typed."""
        self.write(css, text)
        self.key("Enter")

    def words(self, pointer: str, words: Words) -> None:
        """The same in both languages."""
        for tongue, text in zip(("zh-CN", "en"), words, strict=True):
            self.fill(at(f"{pointer}/{tongue}"), text)

    def title_new(self, words: Words) -> None:
        """Of the node that was just added: its name is being written on its card."""
        rename = self.desk.find("rename")
        expect(rename).to_be_focused()
        self.key("ControlOrMeta+a")
        self.type(self.said(words))
        self.key("Enter")
        expect(rename).to_have_count(0)

    def title_end(self, words: Words) -> str:
        """Of the end that was just added; the answer is what it is called for machines."""
        self.title_new(words)
        panel = self.desk.page.locator("[data-testid^='panel-node-']")
        return str(panel.get_attribute("data-testid")).removeprefix("panel-node-")

    def name(self, within: str, css: str, name: str) -> None:
        """The name for machines: folded away within, written at `css`."""
        self.press(f"{within} [data-testid=panel-name] > summary")
        self.write(css, name)
        self.key("Enter")

    def name_node(self, node: str, name: str) -> None:
        """Call the selected node so."""
        self.press(f"{named(f'panel-node-{node}')} [data-testid=panel-more] > summary")
        self.name(named(f"panel-node-{node}"), at(f"/nodes/{node}"), name)
        expect(self.desk.find(f"panel-node-{name}")).to_be_visible()

    def settings(
        self, node: str, name: str, title: Words, minutes: int | None = None, role: Words | None = None
    ) -> None:
        """What every step has."""
        self.tab("settings")
        pointer = f"/nodes/{node}"
        self.words(f"{pointer}/title", title)
        if minutes is not None:
            self.fill(at(f"{pointer}/standard_minutes"), str(minutes))
        if role is not None:
            self.choose(at(f"{pointer}/role"), self.said(role), self.said(role))
        if name != node:
            self.name_node(node, name)

    def add_field(self, kind: str) -> None:
        """At the end of the step; it is open then."""
        self.press(named("add-field"))
        self.field_type(kind)

    def label(self, field: str, words: Words) -> None:
        """Of the open field."""
        spoken, other = words if self.desk.language == "zh-CN" else words[::-1]
        self.fill(named(f"field-label-{field}"), spoken)
        self.fill(named(f"field-label-{field}-{self.desk.other}"), other)

    def name_field(self, field: str, pointer: str, name: str) -> None:
        """Call the open field so."""
        self.press(f"{named(f'field-more-{field}')} > summary")
        self.name(named(f"field-more-{field}"), at(f"{pointer}/id"), name)
        expect(self.desk.find(f"field-{name}")).to_be_visible()

    def lines(self, pointer: str, lines: Mapping[str, Words], instead_of: int = 0) -> None:
        """Rows of a list, in place of those that it began with; each gets its name from what is typed first."""
        line = "[data-open=true] [data-testid=panel-add-line]"
        for _, english in lines.values():
            self.write(line, english)
            self.key("Enter")
            expect(self.desk.seen(line)).to_have_value("")
        for _ in range(instead_of):
            count = self.desk.seen("[data-open=true]").get_by_test_id("panel-row").count()
            self.press("[data-open=true] [data-testid=panel-row][data-row='0'] [data-testid=panel-remove]")
            expect(self.desk.seen("[data-open=true]").get_by_test_id("panel-row")).to_have_count(count - 1)
        for index, words in enumerate(lines.values()):
            self.words(f"{pointer}/{index}/label", words)

    def always(self, rule: Words) -> None:
        """Required, whatever happens. (Always, never, when.)"""
        self.segment(self.one_of(rule, 1))

    def when(self, rule: Words) -> None:
        """Under a condition, which is to be said."""
        self.rule(rule)
        self.segment(self.one_of(rule))

    def rule(self, rule: Words) -> None:
        """Until it is wanted only its name is there."""
        if rule != REQUIRED:
            self.press(f"[data-open=true] {named('add-visible')}")

    def one_of(self, group: Words, place: int | None = None) -> str:
        """A word of a named group within the open field: at a place, else the last."""
        which = "last-of-type" if place is None else f"nth-of-type({place})"
        return (
            f"[data-open=true] [role=group][aria-label={quoted(self.said(group))}] .panels-segments label:{which} input"
        )

    def compare(self, pointer: str, row: int, path: str, sign: str, value: str | None = None) -> None:
        """A row of a condition: what, how, with what; all of it chosen. The first is there already."""
        builder = named(f"condition-{pointer}")
        if row > 0:
            self.press(f"{builder} [data-testid=condition-add]")
        within = f"{builder} :nth-child({row + 1} of [data-testid=comparison])"
        self.press(f"{within} [data-testid=condition-path]")
        self.path(path)
        if self.desk.value(f"{within} [data-testid=condition-op]") != sign:
            self.select(f"{within} [data-testid=condition-op]", sign)
        if value is not None:
            self.select(f"{within} [data-testid=condition-value]", value)

    @abstractmethod
    def path(self, path: str) -> None:
        """One of the answers that a condition can look at."""


def option_named(text: str) -> str:
    """An option of an open list that has this text."""
    return f"[role=listbox]:popover-open [role=option]:has-text({quoted(text)})"
