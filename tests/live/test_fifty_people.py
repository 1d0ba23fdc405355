"""Fifty people complete steps at once against the embedded default."""

from mendloop.testing.cast import PASSWORD
from mendloop.testing.crowd import work_together
from mendloop.testing.live import Browser
from mendloop.testing.workshop import OpenWorkshop

PEOPLE = 50
STEPS = 5


def test_fifty_people_completing_steps_at_once_lose_nothing(open_workshop: OpenWorkshop) -> None:
    workshop = open_workshop(STEPS, PEOPLE)
    shifts = work_together(workshop.server.start(), workshop.orders, STEPS)
    seconds = sorted(second for shift in shifts for second in shift.seconds)
    print(f"\n{PEOPLE} people, {len(seconds)} commands, p50 {seconds[len(seconds) // 2] * 1000:.0f} ms, ", end="")
    print(f"p95 {seconds[int(len(seconds) * 0.95)] * 1000:.0f} ms")
    assert [shift.failures + shift.refused for shift in shifts] == [[]] * PEOPLE
    with Browser(workshop.server.port).sign_in("sue", PASSWORD) as supervisor:
        for shift in shifts:
            record = supervisor.get_json(f"/api/v1/orders/{shift.order}/events")
            assert record["verified"]
            assert set(shift.applied) <= {event["command"] for event in record["events"]}
            assert record["events"][-1]["event"]["type"] == "OrderEnded"
