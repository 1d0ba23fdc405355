"""`python -m house COMMAND`: see the Makefile."""

import argparse
import sys
import time

from house import commands
from house.say import CannotGoOn, complain, progress


def main() -> int:
    arguments = _arguments()
    started = time.monotonic()
    try:
        _carry_out(arguments)
    except CannotGoOn as reason:
        complain(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130
    progress(f"{arguments.command}: done in {time.monotonic() - started:.0f} s")
    return 0


def _carry_out(arguments: argparse.Namespace) -> None:
    match arguments.command:
        case "run":
            commands.product(arguments.port)
        case "pytest":
            commands.pytest(arguments.rest)
        case name:
            getattr(commands, name)()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="house", description="Set up Mendloop's checkout, then do one thing with it.")
    which = parser.add_subparsers(dest="command", required=True)
    which.add_parser("run").add_argument("--port", default="8600")
    which.add_parser("pytest").add_argument("rest", nargs=argparse.REMAINDER)
    for name in ("test", "check", "fmt", "bench", "lock"):
        which.add_parser(name)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
