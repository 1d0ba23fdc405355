"""Many people who complete steps at the same time, each on a phone and an order of his own."""

import threading
import time
from dataclasses import dataclass, field

from mendloop.testing.cast import PASSWORD
from mendloop.testing.live import Browser, Device, LiveServer


@dataclass
class Shift:
    """What one person did: the ids of commands that were applied, the answers that were not, seconds per exchange, and
    the times of day at which the answers came."""

    order: str
    applied: list[str] = field(default_factory=list)
    refused: list[object] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)


def work_together(server: LiveServer, orders: list[str], steps: int) -> list[Shift]:
    """One person per order, all beginning at once, each completing `steps` steps."""
    shifts = [Shift(order) for order in orders]
    devices = [Device(Browser(server.port).sign_in("ada", PASSWORD)) for _ in orders]
    gate = threading.Barrier(len(orders))
    threads = [
        threading.Thread(target=_work, args=(shift, device, gate, steps))
        for shift, device in zip(shifts, devices, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for device in devices:
        device.browser.close()
    return shifts


def _work(shift: Shift, device: Device, gate: threading.Barrier, steps: int) -> None:
    gate.wait()
    try:
        for number in range(steps):
            visit = f"step_{number}#1"
            _send(shift, device, "StartStep", visit=visit)
            _send(shift, device, "CompleteStep", visit=visit, answers={"runout": {"value": 0.02}})
    except (OSError, RuntimeError) as error:
        shift.failures.append(repr(error))


def _send(shift: Shift, device: Device, kind: str, **payload: object) -> None:
    command = device.command(kind, shift.order, **payload)
    start = time.perf_counter()
    (answer,) = device.send(command)
    shift.seconds.append(time.perf_counter() - start)
    shift.answered.append(time.time())
    if answer["status"] == "applied":
        shift.applied.append(command["id"])
    else:
        shift.refused.append(answer)
