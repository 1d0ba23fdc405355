"""Setting one record with typst. Also run as a program in a process of its own, where it may be ended at any time:

    python -I press.py FOLDER FONTS

FOLDER holds `record.typ`, `record.json` and `pictures.json`: for each picture its name, its file, and the width to
which it is made smaller first (0: as it is) with the file that keeps the smaller one. Leaves `record.pdf` and
`made.json`, or `failed`; tells how far it is in `progress.json`. A file called `cancelled` ends it.
It imports nothing of the product, so that it starts fast and knows no secret.
"""

import json
import os
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import typst
from PIL import Image

STANDARDS = ("a-2a", "ua-1")
"""An archive's standard with tags, and the one for screen readers. A text with a sign that no font has breaks both."""
LONGEST = 600
"""Seconds after which it cannot be right any more."""
LOOKS = 0.2


def main(folder: Path, fonts: Path) -> None:
    """Print; whatever goes wrong is written down for those who wait."""
    signal.alarm(LONGEST)
    os.nice(10)  # phones and pages go first
    threading.Thread(target=_end_when_cancelled, args=(folder,), daemon=True).start()
    try:
        press(folder, fonts)
    except Exception as failure:  # noqa: BLE001 - nobody else can tell who waits
        write(folder / "failed", f"{type(failure).__name__}: {failure}".encode())


def press(folder: Path, fonts: Path) -> None:
    """Lay the pictures ready and set the document."""
    began = time.monotonic()
    pictures: list[dict[str, Any]] = json.loads((folder / "pictures.json").read_text("utf-8"))
    for number, picture in enumerate(pictures):
        if number % 10 == 0:
            _tell(folder, "pictures", number, len(pictures))
        _lay_ready(folder / f"{picture['name']}.jpg", picture)
    _tell(folder, "setting", len(pictures), len(pictures))
    pdf, standards = _set(folder, fonts)
    made = {"standards": standards, "seconds": round(time.monotonic() - began, 2), "pictures": len(pictures)}
    write(folder / "made.json", json.dumps(made).encode())
    write(folder / "record.pdf", pdf)
    for link in folder.glob("*.jpg"):
        link.unlink(missing_ok=True)


def write(file: Path, body: bytes) -> None:
    """The whole file or none of it, for whoever looks at the same moment."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as fresh:
        fresh.write(body)
    Path(fresh.name).replace(file)


def _set(folder: Path, fonts: Path) -> tuple[bytes, list[str]]:
    for standards in (STANDARDS, STANDARDS[:1], ()):
        try:
            return _compiled(folder, fonts, standards), list(standards)
        except typst.TypstError:
            if not standards:
                raise
    raise AssertionError("unreachable")


def _compiled(folder: Path, fonts: Path, standards: tuple[str, ...]) -> bytes:
    wanted: dict[str, Any] = {"pdf_standards": list(standards)} if standards else {}
    return bytes(typst.compile(str(folder / "record.typ"), root=str(folder), font_paths=[str(fonts)], **wanted))


def _lay_ready(link: Path, picture: dict[str, Any]) -> None:
    file = Path(picture["file"])
    if picture["width"]:
        file = _smaller(file, Path(picture["kept"]), picture["width"])
    with suppress(FileExistsError):
        link.symlink_to(file)


def _smaller(file: Path, kept: Path, width: int) -> Path:
    """Made smaller once; every later print takes the same file."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(file) as image:
            image.draft("RGB", (width, width))
            image.thumbnail((width, width))
            with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as fresh:
                image.save(fresh, "JPEG", quality=82)
        Path(fresh.name).replace(kept)
    return kept


def _tell(folder: Path, stage: str, done: int, total: int) -> None:
    write(folder / "progress.json", json.dumps({"stage": stage, "done": done, "total": total}).encode())


def _end_when_cancelled(folder: Path) -> None:
    while True:
        time.sleep(LOOKS)
        if (folder / "cancelled").exists():
            os._exit(3)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
