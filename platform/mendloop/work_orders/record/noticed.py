"""What engineers noticed beside their work, and the locks that they have hanging somewhere."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mendloop.work_orders.chain import StoredEvent
from mendloop.work_orders.record.sections import Finding, StandingLock
from mendloop.work_orders.record.speech import Speech


def findings_of(events: Sequence[StoredEvent], speech: Speech) -> Iterator[Finding]:
    """Findings in the order in which they were reported."""
    for stored in events:
        event = stored.event
        if event["type"] == "FindingReported":
            yield Finding(
                at=speech.instant(event["at"]),
                by=speech.person(event["by"]),
                text=event["text"],
                severity=event["severity"],
                severity_label=speech.say(f"record.severity.{event['severity']}"),
                photos=tuple(event.get("photos") or ()),
            )


def standing_locks(locks: Mapping[str, Any], speech: Speech) -> Iterator[StandingLock]:
    """Locks that hang now, as the order's state names them."""
    for name, lock in locks.items():
        gate, _, point = name.rpartition(".")
        yield StandingLock(
            point=speech.point(gate, point),
            by=speech.person(lock["by"]),
            at=speech.instant(lock["at"]),
            confirmed_by=speech.person(lock["confirmed_by"]) if lock["confirmed_by"] else "",
        )
