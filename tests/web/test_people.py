"""People of an organisation: list, add, change."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.testing.cast import PASSWORD, Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
MAX = {
    "name": "Max",
    "sign_in_name": "max",
    "password": "long enough",
    "language": "en",
    "roles": ["engineer"],
    "work_roles": ["engineer", "welding"],
    "active": "y",
}


def changed(**values: Any) -> dict[str, Any]:
    return {**MAX, **values}


def test_the_list_shows_colleagues_and_nobody_else(visit: Visit, cast: Cast) -> None:
    page = visit(cast.sue).get("/people/").text
    assert "Ada" in page
    assert "Cy" not in page


def test_an_owner_adds_somebody_who_can_then_sign_in(visit: Visit, cast: Cast) -> None:
    assert visit(cast.olive).submit("/people/new", MAX).status_code == 302
    stranger = visit()
    stranger.csrf_token = token_of(stranger)
    answer = stranger.submit("/sign-in", {"sign_in_name": "max", "password": "long enough"})
    assert answer.status_code == 302
    session = stranger.get("/api/v1/session").json
    assert session
    assert (session["roles"], session["work_roles"]) == (["engineer"], ["engineer", "welding"])


def token_of(visitor: Visitor) -> str:
    page = visitor.get("/sign-in").text
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Please enter a name."),
        ({"sign_in_name": "x y"}, "At least 2 characters"),
        ({"sign_in_name": "ADA"}, "This sign-in name is taken."),
        ({"sign_in_name": "cy"}, "This sign-in name is taken."),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["emperor"]}, "Choose at least one role."),
        ({"password": "short"}, "A password has at least 8 characters."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(visit: Visit, cast: Cast, wrong: dict[str, Any], words: str) -> None:
    answer = visit(cast.olive).submit("/people/new", changed(**wrong))
    assert answer.status_code == 422
    assert words in answer.text


def test_all_that_is_wrong_is_said_at_once(visit: Visit, cast: Cast) -> None:
    answer = visit(cast.olive).submit("/people/new", changed(name="", sign_in_name="ada", password="x", roles=[]))
    assert answer.text.count('class="field-errors"') == 4


def test_changes_are_kept_and_the_password_stays(visit: Visit, cast: Cast) -> None:
    path = f"/people/{cast.ada.person_id}"
    data = changed(name="Ada Lovelace", sign_in_name="ada", password="")
    assert visit(cast.olive).submit(path, data).status_code == 302
    assert "Ada Lovelace" in visit(cast.olive).get("/people/").text
    stranger = visit()
    stranger.csrf_token = token_of(stranger)
    assert stranger.submit("/sign-in", {"sign_in_name": "ada", "password": PASSWORD}).status_code == 302


def test_a_new_role_ends_the_sessions_of_before(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    assert ada.get("/api/v1/session").status_code == 200
    data = changed(name="Ada", sign_in_name="ada", password="", roles=["engineer", "supervisor"])
    visit(cast.olive).submit(f"/people/{cast.ada.person_id}", data)
    assert ada.get("/api/v1/session").status_code == 401


def test_who_left_is_out_at_once_and_cannot_come_back(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    gone = {
        key: value for key, value in changed(name="Ada", sign_in_name="ada", password="").items() if key != "active"
    }
    visit(cast.olive).submit(f"/people/{cast.ada.person_id}", gone)
    assert ada.get("/api/v1/session").status_code == 401
    stranger = visit()
    stranger.csrf_token = token_of(stranger)
    assert stranger.submit("/sign-in", {"sign_in_name": "ada", "password": PASSWORD}).status_code == 401


def test_an_organisation_never_loses_its_last_owner(visit: Visit, cast: Cast) -> None:
    data = changed(name="Olive", sign_in_name="olive", password="", roles=["engineer"])
    answer = visit(cast.olive).submit(f"/people/{cast.olive.person_id}", data)
    assert answer.status_code == 409
    assert "keeps at least one active owner" in answer.text


def test_a_sign_in_name_can_be_changed(visit: Visit, cast: Cast) -> None:
    data = changed(name="Ada", sign_in_name="ada@example.org", password="")
    assert visit(cast.olive).submit(f"/people/{cast.ada.person_id}", data).status_code == 302
    stranger = visit()
    stranger.csrf_token = token_of(stranger)
    answer = stranger.submit("/sign-in", {"sign_in_name": "ada@example.org", "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize("path", ["/people/new", "/people/{ada}"])
def test_only_owners_write(visit: Visit, cast: Cast, path: str) -> None:
    path = path.format(ada=cast.ada.person_id)
    assert visit().get(path).status_code == 302
    assert visit().submit(path, MAX).status_code == 400 or visit().submit(path, MAX).status_code == 401
    assert visit(cast.sue).submit(path, MAX).status_code == 403
    assert visit(cast.ada).get(path).status_code == 403


def test_somebody_elses_people_are_missing(visit: Visit, cast: Cast) -> None:
    path = f"/people/{cast.cy.person_id}"
    assert visit(cast.olive).get(path).status_code == 404
    assert visit(cast.olive).submit(path, MAX).status_code == 404


def test_names_are_shown_as_text(visit: Visit, cast: Cast) -> None:
    visit(cast.olive).submit("/people/new", changed(name="<script>alert(1)</script>"))
    page = visit(cast.olive).get("/people/").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_organisation_can_be_renamed_by_its_owner_only(visit: Visit, cast: Cast) -> None:
    data = {"name": "Mill Lane & Sons", "language": "en", "time_zone": "Europe/London"}
    assert visit(cast.sue).submit("/organisation", data).status_code == 403
    assert visit(cast.olive).submit("/organisation", data).status_code == 302
    assert visit(cast.olive).get("/api/v1/session").json["organisation"] == "Mill Lane & Sons"  # type: ignore[index]
    assert visit(cast.cy).get("/api/v1/session").json["organisation"] == "Elsewhere Ltd"  # type: ignore[index]


def test_a_device_learns_the_clock_that_the_record_tells_times_on(visit: Visit, cast: Cast) -> None:
    data = {"name": "Mill Lane", "language": "en", "time_zone": "Europe/London"}
    visit(cast.olive).submit("/organisation", data)
    session = visit(cast.ada).get("/api/v1/session").json
    assert session
    assert session["time_zone"] == "Europe/London"
    assert session["utc_offset_minutes"] in {0, 60}


def test_an_unknown_time_zone_is_refused(visit: Visit, cast: Cast) -> None:
    data = {"name": "x", "language": "en", "time_zone": "Moon/Base"}
    assert visit(cast.olive).submit("/organisation", data).status_code == 422


def test_the_language_follows_the_person(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    ada.submit("/language", {"language": "zh-CN", "next": "/"})
    assert visit(cast.ada).get("/api/v1/session").json["language"] == "zh-CN"  # type: ignore[index]
