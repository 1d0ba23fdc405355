"""Bills of material: a tree of positions in revisions, through all levels, upwards and downwards."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop.assets import services
from mendloop.assets.positions import MOST_POSITIONS, children_of
from mendloop.assets.services import NewBom, Position, Subject
from mendloop.assets.structure import Structures, explode
from mendloop.clock import utc_now
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import services as inventory
from mendloop.library.services import ProductDetails, add_product
from mendloop.problems import Missing, Refusal
from mendloop.testing.cast import Cast
from sqlalchemy.orm import Session

PARTS = ("PUMP-END", "IMPELLER", "SEAL", "BOLT", "BEARING", "CAGE", "BALL")
Save = Callable[..., str]


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened, write_transaction(opened):
        for number in PARTS:
            inventory.create_part(opened, cast.sue, number, {"en": number.title()})
        yield opened


@pytest.fixture
def pump(session: Session, cast: Cast) -> Subject:
    product = add_product(session, cast.sue, ProductDetails("pump/ns-40", {"en": "Pump"}))
    return Subject(product_id=product.id)


@pytest.fixture
def save(session: Session, cast: Cast) -> Save:
    """Keeps a revision, of a subject or of a part by its number; answers its id."""

    def keep(of: Subject | str, *positions: Position, when: dt.datetime | None = None) -> str:
        subject = of if isinstance(of, Subject) else Subject(part=of)
        return services.save_bom(session, cast.sue, NewBom(subject, positions, when)).id

    return keep


def codes(refused: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, str]]:
    return [(problem.code, problem.at) for problem in refused.value.problems]


def addresses(session: Session, cast: Cast, subject: Subject) -> list[str]:
    bom = services.bom_in_effect(session, cast.sue, subject)
    assert bom
    nodes = services.nodes_of(session, cast.sue, bom)
    return [node.address for top in nodes for node in top.walk()]


def test_a_part_that_is_an_assembly_brings_its_own_positions(
    session: Session, cast: Cast, pump: Subject, save: Save
) -> None:
    save("BEARING", Position("cage", part="CAGE"), Position("balls", part="BALL", milli=8000))
    save("PUMP-END", Position("impeller", part="IMPELLER"), Position("bearing", part="BEARING", milli=2000))
    save(pump, Position("drive", label={"en": "Drive"}), Position("end", "drive", part="PUMP-END", serial=True))
    assert addresses(session, cast, pump) == [
        "drive", "drive/end", "drive/end/impeller", "drive/end/bearing", "drive/end/bearing/cage",
        "drive/end/bearing/balls",
    ]  # fmt: skip
    bom = services.bom_in_effect(session, cast.sue, pump)
    assert bom
    assert services.explode(services.nodes_of(session, cast.sue, bom)) == {
        "BALL": 16000, "BEARING": 2000, "CAGE": 2000, "IMPELLER": 1000, "PUMP-END": 1000
    }  # fmt: skip


def test_everything_that_is_wrong_is_said_at_once(session: Session, pump: Subject, save: Save) -> None:
    with pytest.raises(Refusal) as refused:
        save(
            pump,
            Position("two words", part="SEAL"),
            Position("seal", part="SEAL", milli=0),
            Position("seal", part="SEAL"),
            Position("orphan", "nobody", part="SEAL"),
            Position("half", part="SEAL", milli=500, serial=True),
            Position("nameless"),
            Position("strange", part="NOT-ENTERED"),
            Position("ring-a", "ring-b", part="SEAL"),
            Position("ring-b", "ring-a", part="SEAL"),
        )
    assert codes(refused) == [
        ("bom.key_invalid", "/lines/0"),
        ("bom.quantity_invalid", "/lines/1"),
        ("bom.key_twice", "/lines/2"),
        ("bom.serial_not_whole", "/lines/4"),
        ("bom.nameless", "/lines/5"),
        ("bom.parent_unknown", "/lines/3"),
        ("bom.inside_itself", "/lines/7"),
        ("bom.inside_itself", "/lines/8"),
        ("bom.part_unknown", "/lines/6"),
    ]


def test_an_assembly_is_never_inside_itself_however_deep(session: Session, save: Save) -> None:
    save("BEARING", Position("cage", part="CAGE"))
    save("PUMP-END", Position("bearing", part="BEARING"))
    with pytest.raises(Refusal) as refused:
        save("CAGE", Position("ball", part="BALL"), Position("end", part="PUMP-END"))
    assert codes(refused) == [("bom.circle", "/lines/1")]
    assert refused.value.problems[0].params["way"] == "CAGE → PUMP-END → BEARING → CAGE"
    with pytest.raises(Refusal):
        save("CAGE", Position("itself", part="CAGE"))


def test_a_revision_still_to_come_closes_a_circle_too(session: Session, save: Save) -> None:
    tomorrow = utc_now() + dt.timedelta(days=1)
    save("BEARING", Position("cage", part="CAGE"), when=tomorrow)
    with pytest.raises(Refusal) as refused:
        save("CAGE", Position("bearing", part="BEARING"))
    assert codes(refused) == [("bom.circle", "/lines/0")]


def test_too_many_and_too_deep_are_refused_with_the_limit(session: Session, pump: Subject, save: Save) -> None:
    with pytest.raises(Refusal) as refused:
        save(pump, *(Position(f"p{number}", part="BOLT") for number in range(MOST_POSITIONS + 1)))
    assert codes(refused) == [("bom.too_many", "/lines")]
    chain = [Position(f"p{number}", f"p{number - 1}" if number else None, part="BOLT") for number in range(21)]
    with pytest.raises(Refusal) as refused:
        save(pump, *chain)
    assert codes(refused) == [("bom.too_deep", "/lines/20")]


def test_thousands_of_positions_are_kept_and_found_again(
    session: Session, cast: Cast, pump: Subject, save: Save
) -> None:
    save(
        pump,
        *(Position(f"p{number}", f"p{number // 10}" if number > 9 else None, part="BOLT") for number in range(5000)),
    )
    assert len(addresses(session, cast, pump)) == 5000


def test_a_revision_holds_from_its_day_on_and_none_is_ever_lost(
    session: Session, cast: Cast, pump: Subject, save: Save
) -> None:
    now = utc_now()
    old = save(pump, Position("seal", part="SEAL"))
    save(pump, Position("seal", part="BOLT"), when=now + dt.timedelta(days=30))
    in_effect = services.bom_in_effect(session, cast.sue, pump)
    later = services.bom_in_effect(session, cast.sue, pump, now + dt.timedelta(days=31))
    assert in_effect
    assert later
    assert (in_effect.id, later.revision) == (old, 2)
    assert [bom.revision for bom in services.revisions(session, cast.sue, pump)] == [2, 1]
    assert services.bom_in_effect(session, cast.sue, pump, now - dt.timedelta(days=1)) is None


def test_two_revisions_are_compared_position_by_position(
    session: Session, cast: Cast, pump: Subject, save: Save
) -> None:
    one = save(
        pump, Position("seal", part="SEAL"), Position("bolts", part="BOLT", milli=4000), Position("old", part="CAGE")
    )
    two = save(
        pump,
        Position("seal", part="SEAL"),
        Position("bolts", "seal", part="BOLT", milli=6000),
        Position("new", part="BALL"),
    )
    lines = services.positions_of(session, cast.sue, [one, two])
    found = services.differences(lines[one], lines[two])
    assert [(each.kind, each.key, each.changed) for each in found] == [
        ("changed", "bolts", ("parent", "quantity")), ("added", "new", ()), ("removed", "old", ())
    ]  # fmt: skip


def test_where_a_part_is_used_is_told_through_all_levels(
    session: Session, cast: Cast, pump: Subject, save: Save
) -> None:
    save("BEARING", Position("balls", part="BALL", milli=8000))
    save("PUMP-END", Position("bearing", part="BEARING"))
    save(pump, Position("end", part="PUMP-END"), Position("spare", part="BALL"))
    found = services.where_used(session, cast.sue, "BALL")
    assert [(use.level, use.subject.part or "pump", use.key, use.milli) for use in found] == [
        (1, "BEARING", "balls", 8000), (1, "pump", "spare", 1000), (2, "PUMP-END", "bearing", 1000),
        (3, "pump", "end", 1000),
    ]  # fmt: skip
    save(pump, Position("end", part="PUMP-END"))
    assert [use.level for use in services.where_used(session, cast.sue, "BALL")] == [1, 2, 3]


def test_a_part_is_not_where_other_lines_took_the_place_of_its_assembly(
    session: Session, cast: Cast, pump: Subject, save: Save
) -> None:
    save("BEARING", Position("balls", part="BALL", milli=8000))
    save(pump, Position("de", part="BEARING"), Position("nde", part="BEARING"), Position("own", "nde", part="BOLT"))
    found = services.where_used(session, cast.sue, "BALL")
    assert [(use.level, use.key) for use in found] == [(1, "balls"), (2, "de")]
    assert [use.key for use in services.where_used(session, cast.sue, "BEARING")] == ["de", "nde"]


def test_another_organisation_sees_none_of_it(
    session: Session, database: Database, cast: Cast, pump: Subject, save: Save
) -> None:
    bom_id = save(pump, Position("seal", part="SEAL"))
    session.commit()
    with session_for(database, cast.cy) as other:
        assert services.where_used(other, cast.cy, "SEAL") == []
        with pytest.raises(Missing):
            services.access_bom(other, cast.cy, bom_id)
        with pytest.raises(Missing):
            services.bom_problems(other, cast.cy, NewBom(pump, []))


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[Position], dict[str, list[Position]]]:
    """A product's positions, and assemblies each of which is made of parts with smaller numbers only."""

    def lines(parts: Sequence[str]) -> list[Position]:
        count = draw(st.integers(1, 5))
        return [
            Position(
                f"k{number}",
                draw(st.sampled_from([None, *(f"k{each}" for each in range(number))])),
                part=draw(st.sampled_from(parts)),
                milli=draw(st.integers(1, 5000)),
            )
            for number in range(count)
        ]

    names = [f"part-{number}" for number in range(6)]
    nested = {name: lines(names[:number]) for number, name in enumerate(names) if number and draw(st.booleans())}
    return lines(names), nested


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees())
def test_totals_are_those_of_counting_one_by_one(tree: tuple[list[Position], dict[str, list[Position]]]) -> None:
    top, nested = tree
    counted: dict[str, Fraction] = {}

    def count(lines: Sequence[Position], parent: str | None, times: Fraction) -> None:
        for line in children_of(lines).get(parent, ()):
            here = times * line.milli / 1000
            counted[line.part or ""] = counted.get(line.part or "", Fraction(0)) + here
            if children_of(lines).get(line.key):
                count(lines, line.key, here)
            else:
                count(nested.get(line.part or "", ()), None, here)

    count(top, None, Fraction(1))
    found = explode(Structures(nested).nodes(top))
    assert found == {part: int(total * 1000 + Fraction(1, 2)) for part, total in counted.items()}
