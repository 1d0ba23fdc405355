"""What steps do to a gate's lock, and branches that stand beside each other."""

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias


class Lock(NamedTuple):
    """A lock as work arrives somewhere. `perhaps`: whether it does depends on conditions."""

    on: bool
    perhaps: bool = False

    def by_condition(self, condition: bool = True) -> "Lock":
        """The same, when a condition had to hold for it."""
        return Lock(self.on, True) if condition else self


Locks: TypeAlias = frozenset[Lock]


class Change(NamedTuple):
    """What a step does to a lock. Not `sure`: people may leave it. `perhaps`: only when a condition holds."""

    on: bool
    sure: bool = True
    perhaps: bool = False

    def of(self, lock: Lock) -> list[Lock]:
        """What may have become of the lock once the step is completed."""
        changed = Lock(self.on, lock.perhaps or self.perhaps)
        if self.perhaps:
            return [changed, lock.by_condition()]
        return [changed] if self.sure else [changed, lock]


@dataclass(slots=True)
class Region:
    """What was seen between a beginning and an end: how work comes out, whether it would be stuck under the lock."""

    out: set[Lock] = field(default_factory=set)
    stuck: bool = False


class Branch(NamedTuple):
    """What a branch does to a lock, by itself: coming in without it, and with it."""

    first: str
    perhaps: bool
    from_off: Region
    from_on: Region

    @property
    def puts(self) -> list[Lock]:
        """How it is on behind the branch though it was off before."""
        return [lock.by_condition(self.perhaps) for lock in self.from_off.out if lock.on]

    @property
    def may_take(self) -> bool:
        """Whether some way takes it off."""
        return any(not lock.on for lock in self.from_on.out)

    @property
    def takes(self) -> bool:
        """Whether every way takes it off, and no step before that waits for just that."""
        out = self.from_on.out
        return not self.perhaps and bool(out) and not any(lock.on for lock in out) and not self.from_on.stuck


def meanwhile(lock: Lock, others: list[Branch]) -> set[Lock]:
    """How a lock may be for a branch, as time goes by: those beside it may take it off."""
    if not lock.on or not any(each.may_take for each in others):
        return {lock}
    off = Lock(False, lock.perhaps)
    return {off} if any(each.takes for each in others) else {lock.by_condition(), off.by_condition()}


def others_than(branch: Branch, branches: list[Branch]) -> list[Branch]:
    return [each for each in branches if each is not branch]


def is_stuck(lock: Lock, branch: Branch, branches: list[Branch]) -> bool:
    """Whether a step in the branch would wait for ever; one whose lock another branch takes off only waits."""
    waits = lock.on and not any(each.takes for each in others_than(branch, branches))
    return (branch.from_on if waits else branch.from_off).stuck


def behind(lock: Lock, branches: list[Branch]) -> set[Lock]:
    """How the lock may be once all branches have come to their join."""
    puts = {put.by_condition(lock.perhaps) for each in branches for put in each.puts}
    if lock.on:
        return puts | meanwhile(lock, branches)
    sure = any(not each.perhaps and each.puts and all(out.on for out in each.from_off.out) for each in branches)
    return puts if sure else puts | {lock.by_condition(bool(puts))}
