"""A condition as people say it: “Runout is over 0.05 mm”. What cannot be said so is shown as it is written."""

from dataclasses import dataclass

from mendloop_engine.expressions.lexer import tokens
from mendloop_engine.expressions.parser import parse
from mendloop_engine.expressions.problems import Refused
from mendloop_engine.expressions.syntax import Node, Operation

from mendloop.printed.conditions.leaf import Leaf, leaf_of
from mendloop.printed.conditions.meaning import Place
from mendloop.words import translate

OPENS, CLOSES = frozenset("([{"), frozenset(")]}")
JOINED = {"&&": "condition.and", "||": "condition.or"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, or, where `is_code`, the whole expression as it is written."""

    text: str
    is_code: bool = False


def sentence_of(place: Place, source: str) -> Sentence:
    """The condition in words; one that does not even parse as it is written."""
    try:
        node = parse(source)
    except Refused:
        return Sentence(source, is_code=True)
    if _joined(node) is None and leaf_of(node, source) is None:
        return Sentence(source, is_code=True)
    return Sentence(_said(place, node, source))


def _said(place: Place, node: Node, source: str) -> str:
    operation = _joined(node)
    if operation is None:
        leaf = leaf_of(node, source)
        return written(node, source) if leaf is None else _leaf(place, leaf)
    parts = [_bracketed(place, part, source) for part in operation.operands]
    return translate(place.language, JOINED[operation.operator]).join(parts)


def _bracketed(place: Place, node: Node, source: str) -> str:
    said = _said(place, node, source)
    return said if _joined(node) is None else translate(place.language, "condition.bracketed", text=said)


def _joined(node: Node) -> Operation | None:
    return node if isinstance(node, Operation) and node.operator in JOINED else None


def _leaf(place: Place, leaf: Leaf) -> str:
    if leaf.path[-1] == "in_tolerance" and leaf.op in ("is_true", "is_false") and len(leaf.path) > 1:
        key = "condition.within" if leaf.op == "is_true" else "condition.out_of"
        return translate(place.language, key, what=place.name_of(leaf.path[:-1]))
    said = (place.name_of(leaf.path), translate(place.language, f"condition.op.{leaf.op}"), _right(place, leaf))
    return " ".join(part for part in said if part)


def _right(place: Place, leaf: Leaf) -> str:
    right, meaning = leaf.right, place.meaning_of(leaf.path)
    if isinstance(right, tuple):
        if leaf.right_is == "path":
            return place.name_of(right)
        comma = translate(place.language, "condition.list_comma")
        return comma.join(place.answer_name(meaning, value) for value in right)
    if right is None:
        return ""
    if leaf.right_is == "number":
        return f"{right} {meaning.unit}".rstrip()
    if leaf.right_is == "hours":
        return translate(place.language, "condition.hours", count=right)
    return place.answer_name(meaning, right)


def written(node: Node, source: str) -> str:
    """A part of an expression as it stands there; a node does not know of the brackets that begin or end it."""
    words = tokens(source)
    inside = [at for at, word in enumerate(words) if node.start <= word.start and word.end <= node.end]
    depth = lowest = 0
    for at in inside:
        depth += (words[at].text in OPENS) - (words[at].text in CLOSES)
        lowest = min(lowest, depth)
    first, last = max(inside[0] + lowest, 0), min(inside[-1] + depth - lowest, len(words) - 1)
    return source[words[first].start : words[last].end]
