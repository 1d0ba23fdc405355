"""Every route says who may use it. A route that does not say is refused, and fails the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from mendloop.accounts.actor import ROLES
from mendloop.config import Config

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "mendloop_access"


@dataclass(frozen=True, slots=True)
class Access:
    """`roles` is None for everybody, signed in or not."""

    roles: frozenset[str] | None
    max_bytes: Callable[[Config], int] | None = None
    """How large a body may be, where it is not as large as everywhere else."""

    @property
    def is_public(self) -> bool:
        return self.roles is None


def allow(*roles: str) -> Callable[[View], View]:
    """Let people with one of `roles` in; without any role named: everybody who is signed in."""
    if unknown := set(roles) - set(ROLES):
        raise ValueError(f"unknown roles: {sorted(unknown)}")
    return lambda view: declare(view, Access(frozenset(roles or ROLES)))


def public(view: View) -> View:
    """Let everybody in, signed in or not."""
    return declare(view, Access(None))


def declare(view: View, access: Access) -> View:
    """Write down who may use `view`."""
    setattr(view, _MARK, access)
    return view


def access_of(view: Callable[..., Any] | None) -> Access | None:
    """What `view` declared, None when it did not."""
    return getattr(view, _MARK, None)
