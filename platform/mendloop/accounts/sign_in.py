"""Checking a password, with delays that grow for a guesser and never lock anybody out.

The delay belongs to one account at one address: somebody who guesses elsewhere does not keep the real person out, and
a fleet of phones behind one address is not slowed down by one colleague's typing errors.
"""

import datetime as dt
import hashlib

from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from mendloop.accounts.models import Login, SignInDelay
from mendloop.clock import utc_now
from mendloop.problems import Problem, Refusal

FREE_ATTEMPTS = 4
LONGEST_WAIT = 60
FORGOTTEN_AFTER = dt.timedelta(hours=1)
# Checked when there is no such account, so that the answer takes the same time.
_NOBODY = generate_password_hash("nobody has this password")


class TooSoon(Refusal):
    """Wrong too often from here: wait `seconds`."""

    status = 429

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(Problem("sign_in.wait", params={"count": seconds}))


class WrongPassword(Refusal):
    """No such account, or not its password: nobody is told which."""

    status = 401

    def __init__(self) -> None:
        super().__init__(Problem("sign_in.wrong"))


def check_password(session: Session, sign_in_name: str, password: str) -> Login:
    """The login, when the password is right. It only reads; record the outcome with the functions below."""
    login = session.get(Login, sign_in_name.strip().lower())
    right = check_password_hash(login.password_hash if login else _NOBODY, password)
    if login is None or not right:
        raise WrongPassword
    return login


def check_delay(session: Session, sign_in_name: str, address: str) -> None:
    """Refuse while this account has to wait at this address."""
    delay = session.get(SignInDelay, _key(sign_in_name, address))
    if delay is not None and delay.wait_until > utc_now():
        raise TooSoon(int((delay.wait_until - utc_now()).total_seconds()) + 1)


def record_failure(session: Session, sign_in_name: str, address: str) -> None:
    """Double the delay after the fourth wrong password, up to a minute."""
    now = utc_now()
    session.execute(delete(SignInDelay).where(SignInDelay.wait_until < now - FORGOTTEN_AFTER))
    key = _key(sign_in_name, address)
    delay = session.get(SignInDelay, key)
    if delay is None:
        delay = SignInDelay(key=key, failures=0, wait_until=now)
        session.add(delay)
    delay.failures += 1
    delay.wait_until = now + dt.timedelta(seconds=seconds_after(delay.failures))


def record_success(session: Session, sign_in_name: str, address: str) -> None:
    """Forget the failures."""
    session.execute(delete(SignInDelay).where(SignInDelay.key == _key(sign_in_name, address)))


def seconds_after(failures: int) -> int:
    """How long to wait after so many wrong passwords in a row."""
    return 0 if failures <= FREE_ATTEMPTS else min(LONGEST_WAIT, 2 ** min(failures - FREE_ATTEMPTS, 10))


def _key(sign_in_name: str, address: str) -> str:
    return hashlib.sha256(f"{sign_in_name.strip().lower()}\n{address}".encode()).hexdigest()
