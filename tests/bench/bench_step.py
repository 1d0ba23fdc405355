"""Load, complete and save one step, with 20, 200 and 1,000 steps, beside SpiffWorkflow doing the same."""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from engine_step import COMMANDS, in_memory, with_commit
from measure import interleave
from spiff_peer import load_complete_save

SIZES = (20, 200, 1000)
DEEP = 60_000


def main() -> None:
    """Print the table: medians of one interleaved run, in milliseconds, and the ratios."""
    actions = {f"peer {size}": load_complete_save(size, size // 2) for size in SIZES}
    actions |= {f"engine {size}": in_memory(size, size // 2) for size in SIZES}
    step = interleave(actions, seconds=20, least_rounds=12, times=5)
    with tempfile.TemporaryDirectory() as folder:
        stored = {f"{size}": with_commit(Path(folder), size) for size in SIZES}
        committed = interleave(stored, seconds=0, least_rounds=COMMANDS // 2)
    print("One step, half of the process behind it: load, complete, save (median, ms)")
    print(f"{'steps':>6} {'SpiffWorkflow':>14} {'Mendloop':>10} {'ratio':>8} {'one command with database commit':>34}")
    for size in SIZES:
        peer, ours = step[f"peer {size}"], step[f"engine {size}"]
        print(f"{size:>6} {peer * 1e3:>14.3f} {ours * 1e3:>10.4f} {peer / ours:>7.0f}x ", end="")
        print(f"{committed[f'{size}'] * 1e3:>33.3f}")
    flat = step["engine 1000"] / step["engine 20"]
    print(f"Mendloop at 1,000 steps costs {flat:.2f} times what it costs at 20; ", end="")
    print(f"with the commit {committed['1000'] / committed['20']:.2f} times.")


if __name__ == "__main__":
    # The peer's parser walks a process recursively: 1,000 steps need a deep stack.
    sys.setrecursionlimit(DEEP)
    threading.stack_size(512 * 2**20)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
