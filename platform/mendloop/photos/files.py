"""Where photos lie: named by content, written whole or not at all."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZES = ("thumb", "view", "original")


class PhotoFiles:
    """One organisation's photos under `<data>/photos/<organisation>/ab/<sha256>[.size]`."""

    def __init__(self, data_folder: Path, organisation_id: str) -> None:
        self._root = data_folder / "photos" / organisation_id

    def path(self, sha256: str, size: str = "original") -> Path:
        """Where a photo, or a safe copy of it, is or will be."""
        name = sha256 if size == "original" else f"{sha256}.{size}.jpg"
        return self._root / sha256[:2] / name

    @contextmanager
    def workplace(self) -> Iterator[Path]:
        """A folder on the same file system for files that are not complete yet; gone afterwards."""
        self._root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".incoming-", dir=self._root))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, sha256: str, original: Path, copies: Path) -> None:
        """Move a complete photo and its copies to their names. Returns when they would survive a power cut."""
        target = self.path(sha256).parent
        target.mkdir(parents=True, exist_ok=True)
        for source, size in ((copies / "thumb.jpg", "thumb"), (copies / "view.jpg", "view"), (original, "original")):
            sync(source)
            source.replace(self.path(sha256, size))
        for folder in (target, self._root):
            sync(folder)


def write_hashed(target: Path, body: bytes) -> str:
    """Write `body` and answer the SHA-256 of what was written."""
    target.write_bytes(body)
    return hashlib.sha256(body).hexdigest()


def sync(path: Path) -> None:
    """Wait until a file or folder has reached the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
