"""The phone and the server read numbers alike: one list of what people write is put to both."""

import json
from pathlib import Path

from mendloop.numerals import has_decimal_comma, plain_number


def test_the_server_reads_numbers_as_the_phone_does(checkout: Path) -> None:
    written = json.loads((checkout / "platform/fields/test/numbers_written.json").read_text(encoding="utf-8"))
    assert [[typed, float(plain_number(typed) or "nan")] for typed, _ in written["sure"]] == written["sure"]
    assert {(plain_number(typed), has_decimal_comma(typed)) for typed in written["comma"]} == {(None, True)}
    assert {(plain_number(typed), has_decimal_comma(typed)) for typed in written["none"]} == {(None, False)}
