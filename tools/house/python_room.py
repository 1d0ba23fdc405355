"""The virtual environment, with locked dependencies and the checkout itself installed in place."""

import sys
from pathlib import Path

from house import debian
from house.places import PYTHON, REQUIREMENTS, ROOT, VENV
from house.say import CannotGoOn, progress
from house.shell import run, succeeds
from house.stamps import fingerprint, is_fresh, press

PIP: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet"]
CHECKOUT = [ROOT / "setup.cfg", ROOT / "setup.py", ROOT / "pyproject.toml", ROOT / "build_backend"]


def prepare_python(*, with_tests: bool) -> None:
    """Make `.venv` hold exactly what the lock says; with the tests' tools too when asked for."""
    if not PYTHON.exists():
        make_environment()
    if with_tests or not _holds("dev"):
        install_locked("dev" if with_tests else "run")
    install_checkout()


def make_environment() -> None:
    progress(f"Making .venv with Python {sys.version.split()[0]}")
    if succeeds([sys.executable, "-m", "venv", VENV]):
        return
    if debian.can_install() and debian.install("python3-venv") and succeeds([sys.executable, "-m", "venv", VENV]):
        return
    if succeeds([sys.executable, "-m", "venv", "--without-pip", "--clear", VENV]) and _borrow_pip():
        return
    raise CannotGoOn("Python can make no virtual environment here: install the package python3-venv, then try again")


def _borrow_pip() -> bool:
    return succeeds([sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"])


def install_locked(lock: str) -> None:
    """Install requirements/<lock>.txt with hashes, unless that was done already."""
    if _holds(lock):
        return
    progress(f"Installing locked Python packages ({lock})")
    run([*PIP, "install", "--require-hashes", "--no-deps", "-r", _lock_file(lock)])
    press(_stamp(lock), _print_of(lock))


def install_checkout() -> None:
    """Make `import mendloop` and the command `mendloop` mean this checkout."""
    stamp, print_now = VENV / ".mendloop-checkout", fingerprint(CHECKOUT)
    if is_fresh(stamp, print_now):
        return
    progress("Installing this checkout in place")
    run([*PIP, "install", "--no-deps", "--no-build-isolation", "--editable", ROOT])
    press(stamp, print_now)


def _holds(lock: str) -> bool:
    return is_fresh(_stamp(lock), _print_of(lock))


def _stamp(lock: str) -> Path:
    return VENV / f".mendloop-{lock}"


def _print_of(lock: str) -> str:
    return fingerprint([_lock_file(lock)], sys.version)


def _lock_file(lock: str) -> Path:
    return REQUIREMENTS / f"{lock}.txt"
