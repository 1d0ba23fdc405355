"""Why a case is shown, in words, in every language: a phone may change its language while it has no network."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mendloop.knowledge.search.entries import Reason
from mendloop.words import LANGUAGES, local, translate

MOST_FACTS = 4
FACTS = ("check", "fault", "cause", "position", "part", "product", "words")
VOTES = ("helped", "not_helped")
"""What is said, in this order: what the repairs have in common, then what people say. The process is nothing to say."""
IDLE = frozenset(
    ["and", "are", "but", "for", "from", "has", "its", "not", "that", "the", "then", "this", "was", "with"]
)
"""Words that both have and that say nothing."""
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """What codes, products and checks are called; what is not in here is called as it is."""

    product: str = ""
    faults: Mapping[str, Words] = field(default_factory=dict)
    products: Mapping[str, Words] = field(default_factory=dict)
    checks: Mapping[str, Words] = field(default_factory=dict)


def why(reasons: Sequence[Reason], names: Names) -> dict[str, str]:
    """All reasons in one line, by language."""
    return {
        language: translate(language, "case_push.comma").join(_told(reasons, names, language)) for language in LANGUAGES
    }


def _told(reasons: Sequence[Reason], names: Names, language: str) -> Iterator[str]:
    facts = sorted((each for each in reasons if each.kind in FACTS), key=lambda each: FACTS.index(each.kind))
    for reason in (*facts[:MOST_FACTS], *(each for each in reasons if each.kind in VOTES)):
        key, values = _said(reason, names, language)
        yield translate(language, f"case_push.why.{key}", **values)


def _said(reason: Reason, names: Names, language: str) -> tuple[str, dict[str, str]]:
    """The key of its words, and what they name."""
    detail = reason.detail
    match reason.kind:
        case "check":
            return _check(detail, names, language)
        case "product":
            same = detail == names.product
            return "product" if same else "family", {"family": _named(names.products, detail, language)}
        case "fault":
            return "fault", {"code": _named(names.faults, detail, language)}
        case "cause":
            return "cause", {"cause": _named(names.faults, detail, language)}
        case "helped" | "not_helped":
            helped, of = (int(each) for each in detail.split("/"))
            return reason.kind, {"n": str(helped if reason.kind == "helped" else of - helped), "of": str(of)}
        case "words":
            words = [each for each in detail.split(",") if each not in IDLE]
            return "words", {"words": translate(language, "case_push.comma").join(words or detail.split(","))}
    return reason.kind, {"part": detail, "position": detail}


def _check(detail: str, names: Names, language: str) -> tuple[str, dict[str, str]]:
    key = {"+": "above", "-": "below"}.get(detail[-1:], "check")
    return key, {"check": _named(names.checks, detail.rstrip("+-"), language)}


def _named(names: Mapping[str, Words], key: str, language: str) -> str:
    return local(names.get(key), language) or key
