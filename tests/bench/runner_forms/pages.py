"""A small web server for the subjects' pages: files compressed beforehand, as a real one would send them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from bundling import Bundle
from runner_forms.bundles import words_of

PORTS = range(8670, 8680)
HTML = "text/html; charset=utf-8"
KINDS = {".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}


@dataclass(frozen=True, slots=True)
class Page:
    """One answer, ready to be sent."""

    kind: str
    body: bytes


def page(kind: str, text: bytes | str) -> Page:
    """The answer with this content, compressed."""
    raw = text.encode() if isinstance(text, str) else text
    return Page(kind, gzip.compress(raw, 9))


def html(bundle: Bundle, base: str, sent: object = None) -> Page:
    """A subject's page, naming all that it needs at once; `sent` is the form that comes with it."""
    words = words_of(bundle.folder)
    preloads = [*bundle.imports, *([words] if words else [])]
    head = [f'<link rel="stylesheet" href="{base}{name}">' for name in bundle.styles]
    head += [f'<link rel="modulepreload" href="{base}{name}">' for name in preloads]
    form = json.dumps(sent, separators=(",", ":")).replace("<", "\\u003c")
    return page(
        HTML,
        '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">'
        '<link rel="icon" href="data:,">'
        f'{"".join(head)}<script type="module" src="{base}{bundle.script}"></script>'
        f'<div id="app"></div><script type="application/json" id="form">{form}</script>',
    )


def files(folder: Path, base: str) -> dict[str, Page]:
    """Every file of a bundle by its path."""
    found = (path for path in folder.rglob("*") if path.suffix in KINDS)
    return {
        f"{base}{path.relative_to(folder).as_posix()}": page(KINDS[path.suffix], path.read_bytes()) for path in found
    }


def data(content: object) -> Page:
    """JSON, as the product's API sends it."""
    return page("application/json", json.dumps(content, separators=(",", ":")))


@contextmanager
def served(pages: Mapping[str, Page]) -> Iterator[str]:
    """Serve these paths on this machine only; the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = pages.get(self.path.partition("?")[0])
            self.send_response(200 if found else 404)
            answer = found or data({})
            for name, value in (
                ("Content-Type", answer.kind),
                ("Content-Encoding", "gzip"),
                ("Content-Length", str(len(answer.body))),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_args: object) -> None:
            """Nobody reads along."""

    server = _open(Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _open(handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    for port in PORTS:
        try:
            return ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError:
            continue
    raise RuntimeError(f"no port free among {PORTS}")
