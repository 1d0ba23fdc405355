"""Fifty people complete steps at once on a real server over the embedded default database."""

from __future__ import annotations

import tempfile
from pathlib import Path

from measure import percentile
from mendloop.testing.crowd import work_together
from mendloop.testing.workshop import open_workshop

PEOPLE = 50
STEPS = 20


def main() -> None:
    """Print how long an exchange took and how many commands a second were applied."""
    with tempfile.TemporaryDirectory() as folder:
        workshop = open_workshop(Path(folder), STEPS, PEOPLE)
        try:
            shifts = work_together(workshop.server.start(), workshop.orders, STEPS)
        finally:
            workshop.server.kill()
    seconds = [second for shift in shifts for second in shift.seconds]
    failed = sum(len(shift.failures) + len(shift.refused) for shift in shifts)
    longest = max(sum(shift.seconds) for shift in shifts)
    print(f"{PEOPLE} people, {len(seconds)} commands, {failed} failed, {len(seconds) / longest:.0f} commands a second")
    print("one exchange: ", end="")
    print(", ".join(f"p{round(share * 100)} {percentile(seconds, share) * 1e3:.0f} ms" for share in (0.5, 0.95, 0.99)))


if __name__ == "__main__":
    main()
