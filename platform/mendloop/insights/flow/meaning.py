"""What the words of somebody else's log mean here: which activity is the test, and what is a restart. Nothing of it is
known beforehand: it is guessed from the names, and the person who imports a log has the last word."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mendloop.insights.flow.log import COMPLETE, Log, LogEvent

TEST_WORDS = ("test", "inspect", "verif", "检", "测", "试")
RESTART_WORDS = ("restart", "rework", "redo", "again", "返工", "返修", "重新", "重做", "退回")
PASS_WORDS = ("true", "yes", "ok", "pass", "passed", "accepted", "1", "合格", "通过", "是")
PASS_KEYS = ("fixed", "pass", "result", "verdict", "ok", "合格", "结论", "结果")
MOST_VALUES = 12
"""An attribute with more different values than this is no verdict."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`test`: the activity that tests a repair. It was passed where the attribute `passed_key` of its completion reads
    `passed_value`. `restart`: the activity that sends a repair back; without one, every test after the first is a
    restart."""

    test: str = ""
    passed_key: str = ""
    passed_value: str = ""
    restart: str = ""

    def to_json(self) -> dict[str, str]:
        """As it is kept."""
        return asdict(self)

    @staticmethod
    def from_json(given: Mapping[str, Any]) -> "Meaning":
        """What was kept."""
        return Meaning(**{name: str(given.get(name, "")) for name in ("test", "passed_key", "passed_value", "restart")})


def written(value: object) -> str:
    """A value as the person who chooses reads it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def guess(log: Log) -> Meaning:
    """The likeliest meaning, from what things are called."""
    activities = log.activities()
    restart = _named_like(activities, RESTART_WORDS)
    test = _test_of(log, [each for each in activities if each != restart])
    verdicts = verdicts_of(log, test) if test else {}
    key = _named_like(verdicts, PASS_KEYS) or next(iter(verdicts), "")
    value = next((each for each in verdicts.get(key, ()) if each.lower() in PASS_WORDS), "")
    return Meaning(test, key if value else "", value, restart)


def _test_of(log: Log, activities: list[str]) -> str:
    """The last one in the flow that sounds like a test and was given a verdict; else any that sounds like one."""
    likely = [each for each in activities if any(word in each.lower() for word in TEST_WORDS)]
    judged = [each for each in likely if verdicts_of(log, each)]
    return next(iter(judged[-1:] or likely[-1:]), "")


def _named_like(names: Iterable[str], words: tuple[str, ...]) -> str:
    return next((name for name in names if any(word in name.lower() for word in words)), "")


def verdicts_of(log: Log, activity: str) -> dict[str, list[str]]:
    """Attributes of the activity's completions that could be verdicts, each with its values, frequent ones first."""
    values: dict[str, Counter[str]] = {}
    for event in completions(log, activity):
        for key, value in event.attributes.items():
            values.setdefault(key, Counter())[written(value)] += 1
    return {
        key: [value for value, _ in found.most_common()]
        for key, found in values.items()
        if 1 < len(found) <= MOST_VALUES
    }


def completions(log: Log, activity: str) -> Iterator[LogEvent]:
    """Every completion of the activity, case by case."""
    for trace in log.traces:
        yield from (event for event in trace.events if event.activity == activity and event.transition == COMPLETE)
