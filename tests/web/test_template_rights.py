"""What people may do with a template: by their roles, or as its owners say."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.accounts.actor import Actor
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, codes_of, retitled, sit_down
from mendloop.testing.visitor import Visitor
from mendloop.words import LANGUAGES, catalogue

Visit = Callable[..., Visitor]
RIGHTS = ["view", "edit", "publish", "own"]


@pytest.fixture
def olive(visit: Visit, cast: Cast) -> Desk:
    return sit_down(visit(cast.olive))


@pytest.fixture
def at(visit: Visit, olive: Desk) -> Callable[[Actor], Desk]:
    """Somebody else at the same template."""
    return lambda actor: Desk(visit(actor), olive.template_id, revision=1)


def acts(desk: Desk, document: Any) -> dict[str, int]:
    """What each kind of act is answered, from the gentlest on."""
    return {
        "view": desk.get("draft").status_code,
        "edit": desk.save(retitled(document, desk.session or "x"), expected=99).status_code,
        "publish": desk.send("POST", "publish", {"expected_revision": 99}).status_code,
        "own": desk.send("PUT", "rights", {"people": {}}).status_code,
    }


def allowed(desk: Desk, document: Any) -> list[str]:
    """The acts that were not refused for want of a right."""
    return [act for act, status in acts(desk, document).items() if status != 403]


@pytest.mark.parametrize(
    ("name", "rights"), [("olive", 4), ("dee", 3), ("sue", 1), ("ada", 0), ("stan", 0), ("vera", 0)]
)
def test_a_role_brings_rights(cast: Cast, olive: Desk, at: Callable[[Actor], Desk], name: str, rights: int) -> None:
    assert allowed(at(getattr(cast, name)), olive.document) == RIGHTS[:rights]


@pytest.mark.parametrize("level", ["none", *RIGHTS])
@pytest.mark.parametrize("name", ["dee", "ada"])
def test_a_right_that_was_given_counts_instead(
    cast: Cast, olive: Desk, at: Callable[[Actor], Desk], name: str, level: str
) -> None:
    person: Actor = getattr(cast, name)
    assert olive.send("PUT", "rights", {"people": {person.person_id: level}}).status_code == 200
    expected = RIGHTS[: ["none", *RIGHTS].index(level)]
    assert allowed(at(person), olive.document) == expected
    if expected:
        assert at(person).open()["rights"] == expected


def test_who_makes_a_template_owns_it(visit: Visit, cast: Cast) -> None:
    assert sit_down(visit(cast.dee)).open()["rights"] == RIGHTS


def test_only_owners_and_designers_begin_templates(visit: Visit, cast: Cast) -> None:
    for name in ("sue", "ada", "stan", "vera"):
        answer = visit(getattr(cast, name)).send("POST", "/api/v1/templates", json={"from": "blank"})
        assert answer.status_code == 403


def test_owners_of_the_organisation_cannot_be_locked_out(cast: Cast, olive: Desk, at: Callable[[Actor], Desk]) -> None:
    olive.send("PUT", "rights", {"people": {cast.dee.person_id: "own"}})
    refused = at(cast.dee).send("PUT", "rights", {"people": {cast.olive.person_id: "none"}})
    assert refused.status_code == 422
    assert codes_of(refused) == ["rights.owner_keeps"]
    for person in (cast.dee, cast.sue, cast.ada):
        assert at(cast.olive).send("PUT", "rights", {"people": {person.person_id: "none"}}).status_code == 200
    assert at(cast.olive).open()["rights"] == RIGHTS


def test_who_gives_the_own_right_away_still_gets_an_answer(
    cast: Cast, olive: Desk, at: Callable[[Actor], Desk]
) -> None:
    olive.send("PUT", "rights", {"people": {cast.ada.person_id: "own"}})
    ada = at(cast.ada)
    assert ada.send("PUT", "rights", {"people": {cast.ada.person_id: "none"}}).status_code == 200
    assert ada.get("draft").status_code == 403


def test_the_list_says_who_may_what_and_why(cast: Cast, olive: Desk) -> None:
    olive.send("PUT", "rights", {"people": {cast.ada.person_id: "edit"}})
    people = {one["name"]: one for one in (olive.get("rights").json or {})["people"]}
    assert list(people) == sorted(people)
    assert (people["Ada"]["right"], people["Ada"]["by_role"], people["Ada"]["fixed"]) == ("edit", "none", False)
    assert (people["Olive"]["right"], people["Olive"]["fixed"]) == ("own", True)
    assert people["Dee"]["roles"] == ["designer"]
    assert "Cy" not in people


def test_a_right_set_back_to_what_the_role_brings_follows_the_role(cast: Cast, olive: Desk) -> None:
    for level in ("view", "publish"):
        olive.send("PUT", "rights", {"people": {cast.dee.person_id: level}})
    people = {one["name"]: one for one in (olive.get("rights").json or {})["people"]}
    assert people["Dee"]["right"] == people["Dee"]["by_role"]


def test_wrong_rights_are_refused_all_at_once_and_nothing_is_given(cast: Cast, olive: Desk) -> None:
    wanted = {cast.ada.person_id: "edit", cast.cy.person_id: "view", cast.dee.person_id: "everything", "x": "view"}
    refused = olive.send("PUT", "rights", {"people": wanted})
    assert refused.status_code == 422
    assert sorted(codes_of(refused)) == ["rights.level_unknown", "rights.person_unknown", "rights.person_unknown"]
    people = {one["name"]: one for one in (olive.get("rights").json or {})["people"]}
    assert people["Ada"]["right"] == "none"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_right_has_words_in_both_languages(language: str) -> None:
    for right in RIGHTS:
        assert catalogue(language)[f"problem.template.right_missing.{right}"]


def test_the_words_come_in_the_readers_language(visit: Visit, cast: Cast, at: Callable[[Actor], Desk]) -> None:
    sue = at(cast.sue)
    refused = sue.save({"format": 1}).json or {}
    assert "no right to edit" in refused["detail"]
    sue.visitor.send("PUT", "/api/v1/session/language", json={"language": "zh-CN"})
    assert "没有编辑" in (sue.save({"format": 1}).json or {})["detail"]


def test_the_gallery_lists_what_one_may_look_at(visit: Visit, cast: Cast, olive: Desk) -> None:
    def listed(actor: Actor) -> list[tuple[str, str]]:
        found = visit(actor).get("/api/v1/drafts").json or {}
        return [(one["key"], one["right"]) for one in found["templates"]]

    key = "phone.screen_replacement"
    assert (listed(cast.olive), listed(cast.dee), listed(cast.sue)) == (
        [(key, "own")],
        [(key, "publish")],
        [(key, "view")],
    )
    assert listed(cast.ada) == listed(cast.cy) == []
    olive.send("PUT", "rights", {"people": {cast.ada.person_id: "view", cast.dee.person_id: "none"}})
    assert (listed(cast.ada), listed(cast.dee)) == ([(key, "view")], [])
