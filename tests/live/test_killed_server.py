"""The server is killed (`kill -9`) while steps are being completed: what it acknowledged is there afterwards."""

import http.client
import os
import random
import threading
import time

from mendloop.testing.cast import PASSWORD
from mendloop.testing.live import Browser, Device, LiveServer
from mendloop.testing.workshop import OpenWorkshop, Workshop

KILLS = int(os.environ.get("MENDLOOP_SERVER_KILLS", "6"))
STEPS = 400
WORKERS = 4


class Worker(threading.Thread):
    """Completes one order's steps until the server is gone; remembers every command that was acknowledged."""

    def __init__(self, server: LiveServer, order: str) -> None:
        super().__init__()
        self.order = order
        self.acknowledged: list[str] = []
        self.refused: list[str] = []
        self._device = Device(Browser(server.port).sign_in("ada", PASSWORD))

    def run(self) -> None:
        try:
            active = self._device.browser.get_json(f"/api/v1/orders/{self.order}")["active"]
            while active:
                visit = active[0]["visit"]
                if active[0]["status"] == "ready":
                    self._send("StartStep", visit=visit)
                self._send("CompleteStep", visit=visit, answers={"runout": {"value": 0.02}})
                node = int(visit.partition("#")[0].removeprefix("step_"))
                active = [{"visit": f"step_{node + 1}#1", "status": "ready"}] if node + 1 < STEPS else []
        except (OSError, http.client.HTTPException):
            return
        finally:
            self._device.browser.close()

    def _send(self, kind: str, **payload: object) -> None:
        command = self._device.command(kind, self.order, **payload)
        (answer,) = self._device.send(command)
        kept = self.acknowledged if answer["status"] in {"applied", "duplicate"} else self.refused
        kept.append(command["id"])


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(open_workshop: OpenWorkshop) -> None:
    workshop = open_workshop(STEPS, WORKERS)
    chance = random.Random(20)
    acknowledged: dict[str, set[str]] = {order: set() for order in workshop.orders}
    for _ in range(KILLS):
        workshop.server.start()
        workers = [Worker(workshop.server, order) for order in workshop.orders]
        for worker in workers:
            worker.start()
        time.sleep(chance.uniform(0.05, 0.6))
        workshop.server.kill()
        for worker in workers:
            worker.join()
            assert worker.refused == []
            acknowledged[worker.order].update(worker.acknowledged)
    _check(workshop, acknowledged)


def _check(workshop: Workshop, acknowledged: dict[str, set[str]]) -> None:
    with Browser(workshop.server.start().port).sign_in("sue", PASSWORD) as browser:
        for order, commands in acknowledged.items():
            record = browser.get_json(f"/api/v1/orders/{order}/events")
            assert commands <= {event["command"] for event in record["events"]}
            assert record["verified"]
    total = sum(map(len, acknowledged.values()))
    print(f"\n{KILLS} kills, {total} commands acknowledged, none lost, {len(acknowledged)} chains verified")
    assert total > KILLS
