"""Templates: publishing, proposing, showing."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from mendloop.accounts.services import change_organisation
from mendloop.cli import main
from mendloop.database import Database, session_for, write_transaction
from mendloop.library import services
from mendloop.library.models import TemplateVersion
from mendloop.problems import Missing, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def files(checkout: Path) -> list[Path]:
    return sorted((checkout / "builtin_templates").glob("*/*.json"))


@pytest.fixture(scope="session")
def phone(checkout: Path) -> dict[str, Any]:
    file = checkout / "builtin_templates" / "phone" / "screen_replacement.json"
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


@pytest.fixture
def published(database: Database, cast: Cast, phone: dict[str, Any]) -> TemplateVersion:
    return publish(database, cast, phone)


def publish(database: Database, cast: Cast, document: dict[str, Any]) -> TemplateVersion:
    with session_for(database, cast.dee) as session, write_transaction(session):
        return services.publish_template(session, cast.dee, document)


def retitled(document: dict[str, Any]) -> dict[str, Any]:
    return {**copy.deepcopy(document), "title": {"zh-CN": "换屏 二", "en": "Screen, take two"}}


def test_publishing_the_same_again_makes_no_other_version(
    database: Database, cast: Cast, phone: dict[str, Any], published: TemplateVersion
) -> None:
    again = publish(database, cast, copy.deepcopy(phone))
    assert (again.id, again.number) == (published.id, 1)


def test_a_change_makes_the_next_version_and_leaves_the_first(
    database: Database, cast: Cast, phone: dict[str, Any], published: TemplateVersion
) -> None:
    second = publish(database, cast, retitled(phone))
    assert second.number == 2
    assert second.content_hash != published.content_hash
    with session_for(database, cast.dee) as session:
        assert services.access_version(session, cast.dee, published.id).title == phone["title"]


def test_a_template_with_problems_is_refused_with_all_of_them(
    database: Database, cast: Cast, phone: dict[str, Any]
) -> None:
    broken = {**copy.deepcopy(phone), "start": "nowhere", "roles": {}}
    with pytest.raises(Refusal) as refused:
        publish(database, cast, broken)
    assert len(refused.value.problems) > 1
    assert all(problem.code and problem.at for problem in refused.value.problems)


def test_a_published_version_cannot_be_changed_even_by_written_sql(
    database: Database, cast: Cast, published: TemplateVersion
) -> None:
    for statement in (update(TemplateVersion).values(number=9), delete(TemplateVersion)):
        with (
            session_for(database, cast.dee) as session,
            pytest.raises(DBAPIError, match="immutable"),
            write_transaction(session),
        ):
            session.execute(statement)


def test_the_plan_is_found_by_its_hash_and_only_at_home(
    database: Database, cast: Cast, published: TemplateVersion
) -> None:
    with session_for(database, cast.ada) as session:
        assert services.load_plan(session, cast.ada, published.plan_hash).hash == published.plan_hash
    with session_for(database, cast.cy) as session, pytest.raises(Missing):
        services.load_plan(session, cast.cy, published.plan_hash)


def test_the_plan_may_be_kept_by_devices(visit: Visit, cast: Cast, published: TemplateVersion) -> None:
    answer = visit(cast.ada).get(f"/api/v1/plans/{published.plan_hash}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert visit(cast.cy).get(f"/api/v1/plans/{published.plan_hash}").status_code == 404


@pytest.mark.parametrize(
    ("product", "fault", "proposed"),
    [("phone/aurora/5", "PH-D1", True), ("pump/centrifugal/ns-40", "PH-D1", False), ("phone/aurora/5", "WM-D1", False)],
)
def test_a_template_is_proposed_where_it_applies(
    visit: Visit, cast: Cast, published: TemplateVersion, product: str, fault: str, proposed: bool
) -> None:
    answer = visit(cast.sue).get(f"/api/v1/template-proposals?product={product}&fault={fault}").json
    assert answer
    assert [found["key"] for found in answer["templates"]] == (["phone.screen_replacement"] if proposed else [])


def test_the_most_special_template_comes_first(database: Database, cast: Cast, phone: dict[str, Any]) -> None:
    rules: dict[str, list[dict[str, Any]]] = {
        "any.thing": [{"product": "*"}],
        "any.phone": [{"product": "phone/*"}],
        "named.fault": [{"product": "phone/*", "faults": ["PH-D*"]}],
    }
    for key, applies_to in rules.items():
        publish(database, cast, {**copy.deepcopy(phone), "key": key, "applies_to": applies_to})
    with session_for(database, cast.sue) as session:
        found = services.propose_templates(session, cast.sue, "phone/aurora/5", ["PH-D1"])
        assert [one.template.key for one in found] == ["named.fault", "any.phone", "any.thing"]


def test_the_pages_show_steps_and_versions(visit: Visit, cast: Cast, published: TemplateVersion) -> None:
    ada = visit(cast.ada)
    assert "9 steps" in ada.get("/templates/").text
    page = ada.get(f"/templates/{published.template_id}").text
    assert "Version 1" in page
    assert published.content_hash[:12] in page
    assert visit(cast.cy).get(f"/templates/{published.template_id}").status_code == 404


def test_the_command_line_finds_no_problem_in_the_builtin_templates(files: list[Path]) -> None:
    result = CliRunner().invoke(main, ["template", "check", *map(str, files)])
    assert result.exit_code == 0, result.output
    assert result.output.count("no problems") == len(files) == 4


def test_the_command_line_names_every_problem(tmp_path: Path, phone: dict[str, Any]) -> None:
    file = tmp_path / "broken.json"
    file.write_text(json.dumps({**phone, "start": "nowhere"}), encoding="utf-8")
    result = CliRunner().invoke(main, ["template", "check", str(file)])
    assert result.exit_code == 1
    assert "/start" in result.output


def test_the_command_line_says_where_json_is_malformed(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{"format": 1,}', encoding="utf-8")
    result = CliRunner().invoke(main, ["template", "check", str(file)])
    assert result.exit_code == 1
    assert "line 1, at character" in result.output


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_command_line_shows_the_flow(files: list[Path], language: str) -> None:
    for file in files:
        result = CliRunner().invoke(main, ["template", "show", str(file), "--language", language])
        assert result.exit_code == 0
        assert "  1. " in result.output
        assert "■" in result.output


def test_times_are_shown_in_the_organisations_zone(
    database: Database, visit: Visit, cast: Cast, published: TemplateVersion
) -> None:
    with session_for(database, cast.olive) as session, write_transaction(session):
        change_organisation(session, cast.olive, "Mill Lane", "en", "Pacific/Kiritimati")
    there = published.published_at.astimezone(ZoneInfo("Pacific/Kiritimati"))
    assert f"{there:%Y-%m-%d %H:%M}" in visit(cast.ada).get("/templates/").text
