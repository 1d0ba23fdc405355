"""How people are told of what waits, besides the inbox. E-mail is such a channel; plugins bring others in this way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from mendloop.config import Config


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told. The same `id` is the same message: the other side may have it already."""

    id: str
    address: str
    language: str
    subject: str
    text: str
    html: str


class Undelivered(Exception):
    """It did not arrive; the words are the other side's, without any secret of ours."""


class NotNow(Undelivered):
    """It may be taken later. `alone` says that others may be taken now; `maybe` that this one may have arrived."""

    def __init__(self, words: str, *, alone: bool = False, maybe: bool = False) -> None:
        super().__init__(words)
        self.alone, self.maybe = alone, maybe


class Refused(Undelivered):
    """This message, or this address, is not taken, and asking again will not help."""


class Channel(Protocol):
    """A way to people. `deliver` returns when the other side has taken the message, else raises `Undelivered`."""

    @property
    def name(self) -> str:
        """By which settings and messages know it; `notice_channel.<name>` are its words."""
        ...

    def deliver(self, message: Message) -> None:
        """Hand one message over."""
        ...


Maker: TypeAlias = Callable[[Config], Channel | None]
_MAKERS: dict[str, Maker] = {}


def register(name: str, make: Maker) -> None:
    """From here on messages go out over it, where `make` finds it set up; a name is taken once."""
    if name in _MAKERS:
        raise ValueError(f"there is a channel {name} already")
    _MAKERS[name] = make


def open_channels(config: Config) -> list[Channel]:
    """Those that this installation has set up."""
    made = (make(config) for make in _MAKERS.values())
    return [channel for channel in made if channel is not None]
