"""Canonical JSON and the chain: the same bytes from both engines, and from a third party's library."""

import json
import random
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from differential.chance import ODD_TEXTS
from differential.peer import Peer
from mendloop_engine.canonical import NotCanonical, canonical, canonical_hash, canonical_text
from mendloop_engine.chain import chain_hash
from mendloop_engine.json_values import is_well_formed

EXAMPLES = Path(__file__).resolve().parents[2] / "engine" / "conformance"
CANONICAL = json.loads((EXAMPLES / "canonical.json").read_text())
CHAIN = json.loads((EXAMPLES / "chain.json").read_text())


def named(cases: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in cases]


@pytest.mark.parametrize("case", named(CANONICAL["cases"]))
def test_a_value_has_one_text(case: dict[str, Any], peer: Peer) -> None:
    assert canonical_text(case["value"]) == case["text"]
    asked = json.loads(peer.ask("canonical", value=case["value"]))
    assert asked == {"text": case["text"], "sha256": canonical_hash(case["value"])}


@pytest.mark.parametrize("case", named(CANONICAL["refused"]))
def test_text_without_bytes_is_refused(case: dict[str, Any], peer: Peer) -> None:
    with pytest.raises(NotCanonical):
        canonical(case["value"])
    assert "NotCanonical" in peer.answer("canonical", value=case["value"])["crash"]


@pytest.mark.parametrize("case", named(CHAIN["cases"]))
def test_a_record_has_one_hash(case: dict[str, Any], peer: Peer) -> None:
    assert chain_hash(case["record"]) == case["hash"]
    assert json.loads(peer.ask("canonical", value=case["record"]))["sha256"] == case["hash"]


def doubles(seed: int, count: int) -> Iterator[float]:
    """Finite doubles of every magnitude: random bits, and neighbours of powers of ten."""
    chance = random.Random(seed)
    for _ in range(count):
        bits = chance.getrandbits(64)
        value = (
            struct.unpack("<d", struct.pack("<Q", bits))[0]
            if chance.random() < 0.6
            else chance.randint(1, 10**17) * 10.0 ** chance.randint(-25, 25)
        )
        if value == value and abs(value) != float("inf"):
            yield value


def test_ten_thousand_numbers_are_written_alike(peer: Peer) -> None:
    for seed in range(10):
        values = list(doubles(seed, 1000))
        text = json.loads(peer.ask("canonical", value=values))["text"]
        assert canonical_text(values) == text
        assert (
            rfc8785.dumps(
                [int(value) if value.is_integer() and abs(value) < 2**53 else value for value in values]
            ).decode()
            == text
        )


def test_texts_and_keys_are_written_alike(peer: Peer) -> None:
    chance = random.Random(7)
    whole = [text for text in ODD_TEXTS if is_well_formed(text)]
    for _ in range(300):
        pieces = [
            chr(chance.choice((chance.randrange(0xD800), chance.randrange(0xE000, 0x110000), chance.randrange(128))))
            for _ in range(30)
        ]
        value = {"".join(pieces[n : n + 3]) + chance.choice(whole): "".join(pieces) for n in range(0, 30, 3)}
        expected = {"text": canonical_text(value), "sha256": canonical_hash(value)}
        assert json.loads(peer.ask("canonical", value=value)) == expected
        assert rfc8785.dumps(value) == canonical(value)
