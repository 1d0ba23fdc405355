"""The hash chain that shows whether a record was changed after the fact."""

from collections.abc import Iterable

from .canonical import canonical_hash
from .json_values import Json, JsonObject

GENESIS = "0" * 64
"""`prev` of an order's first event."""


def chain_record(
    *, organisation: str, order: str, sequence: int, command: str, prev: str, event: JsonObject
) -> dict[str, Json]:
    """The record hashed for one event. `sequence` counts the order's events from 1; `command`: the id of its cause."""
    return {
        "organisation": organisation,
        "order": order,
        "sequence": sequence,
        "command": command,
        "prev": prev,
        "event": event,
    }


def chain_hash(record: JsonObject) -> str:
    """SHA-256 in hex over the canonical JSON of `record`."""
    return canonical_hash(record)


def first_break(records: Iterable[tuple[JsonObject, str]]) -> int | None:
    """Where (from 0) the first record stands that does not fit the chain, or None; pairs: (record, its stored hash)."""
    prev = GENESIS
    for position, (record, stored) in enumerate(records):
        if record.get("prev") != prev or record.get("sequence") != position + 1 or chain_hash(record) != stored:
            return position
        prev = stored
    return None
