"""Printed documents, looked at: their words, and their pages as pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

DOTS = 72 / 25.4
"""Dots for a millimetre, as pages are drawn here."""
SCALE = 1.5


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page as a reader and as an eye sees it."""

    words: str
    picture: Image.Image

    @property
    def ink(self) -> tuple[float, float, float, float]:
        """Where there is something, in millimetres from the left, top, right and bottom; all of the page when blank."""
        paper = Image.new("RGB", self.picture.size, "white")
        box = ImageChops.difference(self.picture, paper).getbbox()
        left, top, right, bottom = box or (self.picture.width, self.picture.height, 0, 0)
        dots = DOTS * SCALE
        return left / dots, top / dots, (self.picture.width - right) / dots, (self.picture.height - bottom) / dots

    @property
    def is_blank(self) -> bool:
        """True when nothing is on it but perhaps its head and foot."""
        width, height = self.picture.size
        body = self.picture.crop((0, height // 12, width, height * 11 // 12))
        return ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox() is None


def pages_of(body: bytes) -> list[PrintedPage]:
    """Every page of a PDF."""
    return list(_pages(body))


def is_tagged(body: bytes) -> bool:
    """True when a screen reader is told what is a heading, a table, a picture."""
    with pypdfium2.PdfDocument(body) as document:
        return bool(pdfium.FPDFCatalog_IsTagged(document.raw))


def fonts_outside(body: bytes) -> list[int]:
    """The pages on which some text is set in a font that is not inside the document."""
    with pypdfium2.PdfDocument(body) as document:
        return [number for number, page in enumerate(document, start=1) if _needs_font(page)]


def _needs_font(page: pypdfium2.PdfPage) -> bool:
    texts = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
    return any(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text.raw)) != 1 for text in texts)


def keep_pictures(pages: list[PrintedPage], folder: Path, name: str) -> None:
    """For people to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages, start=1):
        page.picture.save(folder / f"{name}_{number}.png")


def _pages(body: bytes) -> Iterator[PrintedPage]:
    with pypdfium2.PdfDocument(body) as document:
        for page in document:
            picture = page.render(scale=SCALE).to_pil().convert("RGB")
            yield PrintedPage(page.get_textpage().get_text_bounded(), picture)
