"""Starting the server where another one already serves."""

import subprocess
import sys

from mendloop.testing.workshop import OpenWorkshop


def test_a_port_that_is_taken_is_refused_in_plain_words(open_workshop: OpenWorkshop) -> None:
    workshop = open_workshop(1, 1)
    server = workshop.server.start()
    command = [sys.executable, "-m", "mendloop", "serve", "--port", str(server.port)]
    second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert f"Port {server.port} is taken" in second.stderr
