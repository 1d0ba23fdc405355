"""A mail server for tests: it speaks SMTP on a socket, keeps what it takes, and can be as awkward as real ones are."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

CONNECTION, SENDER, ADDRESS, LETTER = "connection", "sender", "address", "letter"


@dataclass
class PostOffice:
    """What a server was given, and how it answers: `says` are answers other than yes, by what they are about.

    With `vanishes` it takes a letter and is gone before it says so.
    """

    port: int = 0
    says: dict[str, str] = field(default_factory=dict)
    vanishes: bool = False
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0

    @property
    def letters(self) -> list[tuple[str, EmailMessage]]:
        """To whom, and what."""
        return [(to, _parsed(body)) for to, body in self.taken]

    def close(self) -> None:
        """Nobody is there any more."""
        self._server.shutdown()
        self._server.server_close()

    def open(self) -> None:
        """Somebody is there, on the same port as before."""
        office = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                office.connections += 1
                for answer in office.talk(iter(self.rfile.readline, b"")):
                    self.wfile.write(answer.encode() + b"\r\n")

        self._server = _Server(("127.0.0.1", self.port), Talk)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def talk(self, lines: Iterator[bytes]) -> Iterator[str]:
        """One connection: what is answered to what is said."""
        greeting = self.says.get(CONNECTION, "220 ready")
        yield greeting
        to = ""
        for line in lines if greeting.startswith("2") else ():
            verb, rest = line[:4].upper(), line.decode().strip()
            if verb == b"QUIT":
                yield "221 bye"
                return
            if verb == b"RCPT":
                to = rest.partition("<")[2].partition(">")[0]
            if verb != b"DATA":
                yield self.says.get({b"MAIL": SENDER, b"RCPT": ADDRESS}.get(verb, ""), "250 ok")
                continue
            yield "354 go on"
            body = b"".join(iter(lambda: next(lines), b".\r\n"))
            answer = self.says.get(LETTER, "250 taken")
            if answer.startswith("2"):
                self.taken.append((to, body))
            if self.vanishes:
                return
            yield answer


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A server that takes everything, until it is told otherwise."""
    office = PostOffice()
    office.open()
    try:
        yield office
    finally:
        office.close()


def _parsed(body: bytes) -> EmailMessage:
    found = message_from_bytes(body, policy=policy.default)
    assert isinstance(found, EmailMessage)  # noqa: S101 - this is a part for tests
    return found
