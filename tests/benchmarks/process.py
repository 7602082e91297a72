"""What the operating system sees of a server: how soon it is ready, how much memory it holds."""

import os
import time
from pathlib import Path

from tests.node import Node


def start(node: Node) -> float:
    """Start the node; answers the seconds until it was ready."""
    began = time.perf_counter()
    node.start()
    return time.perf_counter() - began


def resident_mib(node: Node) -> float:
    """The resident memory of the server's process."""
    assert node.server is not None
    for line in Path(f"/proc/{node.server.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")


def cpu_s(node: Node) -> float:
    """The processor's seconds that the server's process has spent so far, its own and the system's for it."""
    assert node.server is not None
    fields = Path(f"/proc/{node.server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
