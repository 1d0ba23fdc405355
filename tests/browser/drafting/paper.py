"""A PDF as Chromium writes it: its headings, and how much stands on each page."""

import re
import zlib

HEADING = re.compile(rb"/Title <FEFF([0-9A-F]*)>|/Title \(((?:[^()\\]|\\.)*)\)")
PAGE = re.compile(rb"<</Type /Page\n.*?/Contents (\d+) 0 R", re.DOTALL)
SHOWN = re.compile(rb"\bT[jJ]\b")


def headings_of(pdf: bytes) -> list[str]:
    """The bookmarks of a PDF that was made with its outline; the document's own title is the first."""
    return [_text(*found) for found in HEADING.findall(pdf)]


def _text(wide: bytes, narrow: bytes) -> str:
    if wide:
        return bytes.fromhex(wide.decode()).decode("utf-16-be")
    return re.sub(rb"\\(.)", rb"\1", narrow).decode("latin-1")


def texts_by_page(pdf: bytes) -> list[int]:
    """How many pieces of text each page shows; its number alone is one or two."""
    return [len(SHOWN.findall(_stream(pdf, int(number)))) for number in PAGE.findall(pdf)]


def _stream(pdf: bytes, number: int) -> bytes:
    start = pdf.index(b"\n%d 0 obj\n" % number)
    begin = pdf.index(b"stream\n", start) + len(b"stream\n")
    return zlib.decompress(pdf[begin : pdf.index(b"\nendstream", begin)])
