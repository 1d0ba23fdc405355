"""A process as a document: who may read it, what stands in it, in which language."""

import html
import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, builtin_document, sit_down
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
NOBODYS_ID = "01900000-0000-7000-8000-000000000000"
PUMP = {"from": "builtin:pump.overhaul"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    return sit_down(visit(cast.dee), PUMP)


def printed(desk: Desk, query: str = "", visitor: Visitor | None = None) -> str:
    answer = (visitor or desk.visitor).get(f"/templates/{desk.template_id}/printed{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def text_of(page: str) -> str:
    """The words of a page, as one reads them."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def step(title: str, **more: Any) -> dict[str, Any]:
    return {"kind": "step", "role": "engineer", "title": {"en": title}, "next": [{"to": "end"}], **more}


def template(**nodes: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "key": "printed.example",
        "title": {"en": "Example"},
        "roles": {"engineer": {}},
        "start": next(iter(nodes)),
        "nodes": {**nodes, "end": {"kind": "end", "outcome": "repaired"}},
    }


def test_every_step_of_a_draft_is_printed_with_its_number_role_and_minutes(dee: Desk) -> None:
    page = html.unescape(printed(dee, "?language=en"))
    steps = {name: node for name, node in dee.document["nodes"].items() if node["kind"] == "step"}
    for node in steps.values():
        assert re.search(rf'<span class="node-number">\d+</span> {re.escape(node["title"]["en"])}</h2>', page)
    assert "Draft, save 1" in page
    assert "990 min · 18 steps" in page
    assert "Fitter / maintenance engineer · 25 min" in text_of(page)


@pytest.mark.parametrize(("language", "title"), [("en", "Centrifugal pump overhaul"), ("zh-CN", "离心泵大修")])
def test_a_document_speaks_the_language_that_is_asked_for(dee: Desk, language: str, title: str) -> None:
    page = printed(dee, f"?language={language}")
    assert f'<article class="procedure" lang="{language}">' in page
    assert f"<h1>{title}</h1>" in page


def test_without_being_asked_it_speaks_the_readers_language(dee: Desk) -> None:
    assert '<article class="procedure" lang="en">' in printed(dee)
    assert '<article class="procedure" lang="en">' in printed(dee, "?language=tlh")


def test_what_protects_people_stands_before_what_they_do(dee: Desk) -> None:
    page = printed(dee, "?language=en")
    isolate = page[page.index('id="step-2"') :]
    assert isolate.index("Power off is not energy off") < isolate.index("Throttle the discharge")
    assert '<p class="warned danger"><strong>Danger:</strong> Power off' in isolate
    assert "field-print gate" in isolate
    assert "Confirmed by a second person" in isolate


def test_readings_say_what_they_should_be_and_what_to_do_otherwise(dee: Desk) -> None:
    words = text_of(printed(dee, "?language=en"))
    assert "norm 0.03 mm tolerance 0 to 0.06 mm state a reason above 0.09 mm with: Laser or two dial gauges" in words
    assert "Out of tolerance: If a foot lifts over 0.06 mm" in words


def test_routes_are_told_in_words_with_the_numbers_of_the_steps(dee: Desk) -> None:
    words = text_of(printed(dee, "?language=en"))
    assert "If Verdict is “Not good: isolate and rework” (failed on test): back to 2 Stop, isolate" in words
    assert "at most 2 times, then 20 Hand back unrepaired" in words
    assert "Otherwise: go to 18 Tidy up and hand over" in words


def test_the_usual_way_is_read_before_what_happens_rarely(dee: Desk) -> None:
    titles = re.findall(r'<span class="node-number">(\d+)</span> (.*)</h2>', printed(dee, "?language=en"))
    assert [number for number, _ in titles] == [str(index) for index in range(1, len(titles) + 1)]
    order = [title for _, title in titles]
    assert order[:3] == ["As found, before stopping", "Stop, isolate, lock and tag", "Guard off, alignment as found"]
    assert order[-3:] == ["Tidy up and hand over", "Stop the job, unlock and secure", "Hand back unrepaired"]


def test_a_version_is_printed_as_it_was_published(visit: Visit, cast: Cast) -> None:
    desk = sit_down(visit(cast.dee))
    assert desk.publish("first of all").status_code == 201
    changed = {**desk.document, "title": {"en": "Changed since"}}
    desk.open()
    assert desk.save(changed).status_code == 200
    page = printed(desk, "?version=1&language=en")
    assert "Changed since" not in page[page.index("<article") :]
    assert "Version 1" in text_of(page[page.index("<article") :])
    assert "first of all" in page
    assert "This is a draft" not in page
    assert "Changed since" in printed(desk)
    assert "This is a draft" in printed(desk)


@pytest.mark.parametrize("version", ["2", "0", "-1", "x", "", "٣", "9" * 40])
def test_a_version_that_is_not_there_is_not_found(dee: Desk, version: str) -> None:
    assert dee.visitor.get(f"/templates/{dee.template_id}/printed?version={version}").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("olive", 200), ("sue", 200), ("ada", 403), ("stan", 403), ("cy", 404)])
def test_only_who_may_see_the_template_may_print_it(
    visit: Visit, cast: Cast, dee: Desk, name: str, status: int
) -> None:
    answer = visit(getattr(cast, name)).get(f"/templates/{dee.template_id}/printed")
    assert answer.status_code == status
    assert ("Centrifugal" in answer.text) == (status == 200)


def test_a_right_that_was_given_or_taken_counts(visit: Visit, cast: Cast) -> None:
    desk = sit_down(visit(cast.olive), PUMP)
    people = {cast.ada.person_id: "view", cast.dee.person_id: "none"}
    assert desk.send("PUT", "rights", {"people": people}).status_code == 200
    assert visit(cast.ada).get(f"/templates/{desk.template_id}/printed").status_code == 200
    assert visit(cast.dee).get(f"/templates/{desk.template_id}/printed").status_code == 403


def test_strangers_are_asked_to_sign_in_and_unknown_templates_are_not_found(visit: Visit, dee: Desk) -> None:
    assert visit().get(f"/templates/{dee.template_id}/printed").status_code == 302
    assert dee.visitor.get(f"/templates/{NOBODYS_ID}/printed").status_code == 404


def test_nothing_that_people_write_becomes_markup(dee: Desk) -> None:
    words = {"en": HOSTILE}
    fields = [
        {
            "id": "a",
            "type": "instruction",
            "label": words,
            "text": words,
            "safety": [{"level": HOSTILE, "text": words}],
        },
        {"id": "b", "type": "instruction", "text": words, "pictures": [{"id": "p", "sha256": HOSTILE, "alt": words}]},
        {"id": "c", "type": HOSTILE, "label": words, "visible": HOSTILE, "help": words},
        {"id": "d", "type": "parts", "lines": [{"part": HOSTILE, "label": words, "unit": HOSTILE}]},
        {"id": "e", "type": "choice", "options": [{"id": HOSTILE, "label": words}]},
        {"id": "f", "type": "safety_gate", "points": [HOSTILE, {"id": HOSTILE}], "removes": HOSTILE},
    ]
    nodes = {HOSTILE: step(HOSTILE, fields=fields, next=[{"to": HOSTILE, "when": HOSTILE, "label": words}])}
    document = {**template(**nodes), "title": words, "description": words, "roles": {HOSTILE: {"title": words}}}
    assert dee.save(document).status_code == 200
    page = printed(dee)
    article = page[page.index("<article") : page.index("</article>")]
    assert "{{ 7 * 7 }}" in article
    found = Elements()
    found.feed(article)
    assert found.names.isdisjoint({"script", "img", "iframe", "style"})
    assert {name for name in found.attributes if name.startswith(("on", "style"))} == set()


class Elements(HTMLParser):
    """The elements of a page and their attributes, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_page_needs_nothing_that_its_policy_forbids(dee: Desk) -> None:
    answer = dee.visitor.get(f"/templates/{dee.template_id}/printed")
    page = answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert "<style" not in page
    assert not re.search(r"<[^>]*\s(style|on\w+)=", page)


def test_pictures_of_instructions_are_printed(dee: Desk) -> None:
    sha256 = "a" * 64
    picture = {"id": "p", "sha256": sha256, "alt": {"en": "How it lies"}}
    fields = [{"id": "how", "type": "instruction", "text": {"en": "Look"}, "pictures": [picture]}]
    assert dee.save(template(one=step("One", fields=fields))).status_code == 200
    assert f'<img src="/api/v1/template-pictures/{sha256}" alt="How it lies">' in printed(dee)


def test_branches_are_read_in_their_order_and_meet_again(dee: Desk) -> None:
    document = template(
        split={"kind": "parallel", "join": "meet", "next": [{"to": "left"}, {"to": "right", "when": "order.warranty"}]},
        right=step("Right", next=[{"to": "meet"}]),
        left=step("Left", next=[{"to": "meet"}]),
        meet={"kind": "join", "next": [{"to": "end"}]},
    )
    assert dee.save(document).status_code == 200
    words = text_of(printed(dee))
    assert "At the same time: go to 2 Left" in words
    assert "If Under warranty is yes: go to 3 Right" in words
    assert "These branches meet again at 4 join." in words
    assert "When all branches are done: finish with end" in words


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({}, "Seal"),
        ({"min": 1, "max": 1}, "Seal"),
        ({"min": 0}, "Seal (optional)"),
        ({"min": 0, "max": 3}, "Seal (photos: up to 3)"),
        ({"min": 2}, "Seal (photos: at least 2)"),
        ({"min": 2, "max": 2}, "Seal (2 photos)"),
        ({"max": 4}, "Seal (1–4 photos)"),
    ],
)
def test_how_many_photos_are_asked_for_is_told(dee: Desk, limits: dict[str, int], told: str) -> None:
    shots = [{"id": "seal", "label": {"en": "Seal"}, **limits}]
    assert (
        dee.save(template(one=step("One", fields=[{"id": "shots", "type": "photo", "shots": shots}]))).status_code
        == 200
    )
    assert f">{told}<" in re.sub(r">\s+|\s+<", lambda found: found[0].strip(), printed(dee))


def test_a_way_that_leads_nowhere_is_told_and_nodes_that_nothing_reaches_come_last(dee: Desk) -> None:
    document = template(one=step("One", next=[{"to": "gone"}]), lost=step("Lost"), two=step("Two", next=[]))
    assert dee.save(document).status_code == 200
    words = text_of(printed(dee))
    assert "go to “gone”, which is not there" in words
    assert "No way leads on from here yet." in words
    assert words.index("1 One") < words.index("2 Lost") < words.index("3 Two")


@pytest.mark.parametrize("trade", ["pump/overhaul", "washing_machine/does_not_drain", "phone/screen_replacement"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_word_of_a_built_in_template_is_on_paper(dee: Desk, trade: str, language: str) -> None:
    document = builtin_document(trade)
    assert dee.save(document).status_code == 200
    page = html.unescape(printed(dee, f"?language={language}"))
    wanted = {*words_in(document["nodes"], language), document["title"][language], document["description"][language]}
    assert {text for text in wanted if text not in page} == set()


def words_in(value: Any, language: str) -> list[str]:
    """All texts of a template in one language, but those that stand in inputs."""
    if isinstance(value, list):
        return [text for each in value for text in words_in(each, language)]
    if not isinstance(value, dict):
        return []
    if isinstance(value.get(language), str):
        return [value[language]]
    return [text for key, each in value.items() if key != "placeholder" for text in words_in(each, language)]


def test_two_hundred_steps_are_printed_in_less_than_a_second(dee: Desk) -> None:
    pump = builtin_document("pump/overhaul")["nodes"]["isolate"]
    names = [f"step_{index}" for index in range(200)]
    following = [*names[1:], "end"]
    nodes = {name: {**pump, "next": [{"to": to}]} for name, to in zip(names, following, strict=True)}
    assert dee.save(template(**nodes)).status_code == 200
    start = time.thread_time()
    page = printed(dee)
    assert time.thread_time() - start < 1.0
    assert page.count('class="node"') == 201
