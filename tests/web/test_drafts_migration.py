"""An installation from before drafts were kept apart loses none of them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from mendloop.accounts.actor import OWNER, Actor
from mendloop.clock import utc_now
from mendloop.database import Database, open_database, session_for
from mendloop.database.schema import migrate
from mendloop.drafts import services as drafts
from mendloop.drafts.content import content_of
from mendloop.testing.designing import builtin_document, retitled
from sqlalchemy import create_engine, text

ORGANISATIONS = ("01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b")
DRAFT = retitled(builtin_document("pump/overhaul"), "改过的草稿")
PEOPLE = "01900000-0000-7000-8000-0000000000ff"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
def upgraded(url: str) -> Iterator[Database]:
    """Two organisations, each with a template that was changed since it was published, brought to this release."""
    migrate(url, "0004")
    fill(url)
    migrate(url)
    database = open_database(url)
    yield database
    database.close()


def fill(url: str) -> None:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        for organisation in ORGANISATIONS:
            values = {"org": organisation, "now": utc_now().isoformat(), "who": PEOPLE, "draft": json.dumps(DRAFT)}
            for statement in (ORGANISATION, PERSON, TEMPLATE, VERSION):
                connection.execute(text(statement), values)
    engine.dispose()


ORGANISATION = """INSERT INTO organisations (id, name, language, time_zone, is_demo, created_at)
VALUES (:org, 'Old', 'en', 'UTC', false, :now)"""
PERSON = """INSERT INTO people (organisation_id, id, name, language, roles, template_roles, active, created_at)
VALUES (:org, :who, 'Olga', 'en', '["owner"]', '[]', true, :now)"""
TEMPLATE = """INSERT INTO templates (organisation_id, id, key, draft, revision, latest_version_id, changed_at)
VALUES (:org, 't1', 'pump.overhaul', :draft, 7, 'v1', :now)"""
VERSION = """INSERT INTO template_versions (organisation_id, id, template_id, number, content_hash, title, applies_to,
roles, document, plan, plan_hash, steps, standard_minutes, published_at, published_by)
VALUES (:org, 'v1', 't1', 1, 'h', '{"en": "x"}', '[]', '{}', '{}', '{}', 'p', 1, 1, :now, :who)"""


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_each_draft_goes_on_as_it_was(upgraded: Database, organisation: str) -> None:
    olga = Actor(PEOPLE, organisation, "Olga", frozenset({OWNER}), "en")
    with session_for(upgraded, olga) as session:
        found = drafts.open_draft(session, olga, "t1")
        assert (found.revision, found.saved_by, found.origin) == (7, PEOPLE, "published")
        assert json.loads(found.document) == DRAFT
        assert found.content_hash == content_of(DRAFT).hash
        (listed,) = drafts.list_designable(session, olga)
        assert (listed.title["en"], listed.steps, listed.standard_minutes) == ("改过的草稿", 18, 990)
        (version,) = drafts.versions_of(session, olga, "t1")
        assert (version.note, version.layout, version.acknowledged, version.draft_revision) == ("", "{}", [], None)
