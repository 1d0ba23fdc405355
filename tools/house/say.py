"""What the person at the terminal reads."""

import sys


class CannotGoOn(Exception):
    """Set-up or a check failed; the text says what to do about it."""


def progress(text: str) -> None:
    print(f"▸ {text}", flush=True)


def complain(text: str) -> None:
    print(f"✗ {text}", file=sys.stderr, flush=True)
