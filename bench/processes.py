"""What a process under measure uses: time of its core, memory."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Use:
    """Seconds of a core, and KiB in memory, so far."""

    cpu_s: float
    memory_kib: float


def use_of(pid: int) -> Use:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    resident = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return Use((int(fields[11]) + int(fields[12])) / TICKS, int(resident) * os.sysconf("SC_PAGE_SIZE") / 1024)
