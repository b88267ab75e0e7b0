"""The servers under measure. Each says `ready PORT`, then broadcasts once for each line on its input."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from typing import Any

# What is broadcast: an event as the product tells it.
EVENT: dict[str, Any] = {
    "t": "event",
    "c": "6b00b0a1d7f1ffdc-1-4001.90211.7733",
    "case": 41,
    "seq": 3,
    "type": "declaration.endorse",
    "topic": "unit:7",
    "at": "2026-03-02T01:15:00.250000Z",
    "data": {
        "source": "preliminary_review",
        "target": "eligibility",
        "leg": 2,
        "step": "endorse",
        "version": 3,
    },
}
PAYLOAD = json.dumps(EVENT, separators=(",", ":")).encode()


def at_each_line(act: Callable[[], object]) -> None:
    """Call `act` on the running loop whenever a line comes in; a closed input ends the process."""

    def read() -> None:
        lines = os.read(0, 4096)
        if not lines:
            os._exit(0)
        for _ in range(lines.count(b"\n")):
            act()

    asyncio.get_running_loop().add_reader(0, read)


def say_ready(port: int) -> None:
    sys.stdout.write(f"ready {port}\n")
    sys.stdout.flush()
