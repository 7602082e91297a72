"""pgbench's TPC-B-like transaction, the measure of what a server can commit: three updates and a row of history."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from glob import glob

CLIENTS = 8
SCALE = 10


def pgbench() -> str | None:
    """The program's path, where it is installed."""
    return shutil.which("pgbench") or next(iter(sorted(glob("/usr/lib/postgresql/*/bin/pgbench"))), None)


@dataclass
class TpcB:
    """Tables of scale 10 in a scratch database; measured as often as one likes."""

    program: str
    url: str

    def __post_init__(self) -> None:
        self.url = self.url.replace("postgres://", "postgresql://", 1)
        subprocess.run([self.program, "-i", "-q", "-s", str(SCALE), self.url], check=True, capture_output=True)

    def rate(self, seconds: float) -> float:
        """Transactions a second by eight clients in two threads."""
        asked = [self.program, "-c", str(CLIENTS), "-j", "2", "-T", str(max(1, round(seconds))), self.url]
        plain = os.environ | {
            "PGSSLMODE": "disable"
        }  # as the node speaks on loopback: TLS takes a quarter of the rate
        ran = subprocess.run(asked, check=True, capture_output=True, text=True, env=plain)
        match = re.search(r"tps = ([\d.]+)", ran.stdout)
        assert match, ran.stdout
        return float(match.group(1))
