"""Signing in to a mail server over STARTTLS: nothing secret goes out before the server has shown who it is."""

import base64
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mendloop.config import MailServer
from mendloop.notices.mail.smtp import Email
from mendloop.notices.services import Message, NotNow

HELLO = Message("01900000-0000-7000-8000-000000000002", "sue@mill.example", "en", "Hello", "Hello", "<p>Hello</p>")
PASSWORD = "very secret"


@dataclass
class TlsOffice:
    """One connection of a mail server that wants TLS, then a name and a password; `said` is what it was told."""

    secure: ssl.SSLContext
    door: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    said: list[tuple[bool, bytes]] = field(default_factory=list)

    def serve(self) -> None:
        """Answer one caller."""
        caller, _ = self.door.accept()
        caller.settimeout(10)
        try:
            caller.sendall(b"220 ready\r\n")
            if self._talk(caller):
                with self.secure.wrap_socket(caller, server_side=True) as inside:
                    self._talk(inside)
        except OSError:
            pass
        finally:
            caller.close()

    def _talk(self, caller: socket.socket) -> bool:
        is_secure, in_letter = isinstance(caller, ssl.SSLSocket), False
        for line in caller.makefile("rb"):
            self.said.append((is_secure, line.strip()))
            if in_letter and line != b".\r\n":
                continue
            in_letter = line.upper().startswith(b"DATA")
            caller.sendall(_answer(line, is_secure=is_secure, in_letter=in_letter))
            if line.upper().startswith(b"STARTTLS"):
                return True
        return False


def _answer(line: bytes, *, is_secure: bool, in_letter: bool) -> bytes:
    if in_letter:
        return b"354 go on\r\n"
    if line.upper().startswith(b"EHLO"):
        return b"250-here\r\n250 AUTH PLAIN\r\n" if is_secure else b"250-here\r\n250 STARTTLS\r\n"
    if line.upper().startswith(b"STARTTLS"):
        return b"220 go on\r\n"
    return b"235 welcome\r\n" if line.upper().startswith(b"AUTH") else b"250 ok\r\n"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    made = tmp_path / "server.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1", "-nodes")
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    command = [openssl, "req", "-x509", *kind, *subject, "-keyout", str(tmp_path / "key"), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    made.write_text(made.read_text() + (tmp_path / "key").read_text())
    return made


@pytest.fixture
def office(certificate: Path) -> Iterator[TlsOffice]:
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate)
    opened = TlsOffice(secure)
    serving = threading.Thread(target=opened.serve, daemon=True)
    serving.start()
    yield opened
    opened.door.close()
    serving.join(5)


def channel(office: TlsOffice) -> Email:
    """The way to that server."""
    port = office.door.getsockname()[1]
    return Email(MailServer("127.0.0.1", "us@mill.example", port, "starttls", "us", PASSWORD))


def test_a_letter_and_the_password_go_through_tls_alone(
    office: TlsOffice, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    channel(office).deliver(HELLO)
    plain = [line.split()[0].lower() for is_secure, line in office.said if not is_secure]
    inside = [line for is_secure, line in office.said if is_secure]
    assert plain == [b"ehlo", b"starttls"]
    assert b"AUTH PLAIN " + base64.b64encode(b"\0us\0" + PASSWORD.encode()) in inside
    assert b"Subject: Hello" in inside


def test_a_server_that_nobody_vouches_for_is_told_nothing(office: TlsOffice) -> None:
    with pytest.raises(NotNow, match="CERTIFICATE_VERIFY_FAILED"):
        channel(office).deliver(HELLO)
    assert [line.split()[0].lower() for _, line in office.said] == [b"ehlo", b"starttls"]
