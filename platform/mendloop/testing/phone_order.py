"""An order on the demonstration's phones, as a supervisor opens it."""

import re

from mendloop.testing.live import Browser


def new_phone_order(port: int, engineer: str) -> str:
    """The number of a new order for this engineer of the demonstration on `port`, more urgent than any other."""
    with Browser(port).sign_in("lin", "demo-mendloop") as lin:
        person = re.search(rf'value="([0-9a-f-]{{36}})">[^<]*{engineer}', lin.get("/orders/new")[1].decode())
        if person is None:
            raise AssertionError(f"nobody here is called {engineer}")
        order = {"product": "phone/aurora/5", "fault_codes": ["PH-D1"], "assignee": person[1], "priority": "urgent"}
        status, answer = lin.post_json("/api/v1/orders", order)
        if status != 201:
            raise AssertionError(answer)
        return str(answer["number"])
