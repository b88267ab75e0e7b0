"""What a leaf of the transparency log holds: which step of what was published, and a digest of how it then read.

The leaf is the RFC 8785 JSON of the entry. What was published lies apart as the body, with a salt: where it is public
no more, as names are not after their time, the body is told no more, and nobody finds it from the digest by trying.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime

from services.workflow.domain.entry_hash import canonical, microseconds

VERSION = 1
LEDGER_HEAD = "head"
# Steps after which a notice reads otherwise to the public; before its release it is nobody's to read.
TAKE_DOWN = "take_down"
NOTICE_STEPS = frozenset({"release", "withhold", "extend", "recount", "suspend", "close", TAKE_DOWN})
RENAMED = "unit.changed"


@dataclass(frozen=True)
class LogEntry:
    """`subject` is the address below /api/v1/public/; `seq` and `ledger` the version and hash of its ledger's entry.

    An empty digest: the next step came before this one was written down, and stands in a later entry.
    """

    kind: str
    subject: str
    step: str
    seq: int
    at: int
    ledger: str
    digest: str
    v: int = VERSION

    @property
    def leaf(self) -> bytes:
        """The content of the leaf."""
        return canonical(asdict(self))


def entry_of(
    kind: str, subject: str, step: str, *, seq: int, at: datetime, ledger: str = "", body: bytes = b""
) -> LogEntry:
    """The entry of one step; `body` in canonical form, empty where there is none to tell."""
    digest = hashlib.sha256(body).hexdigest() if body else ""
    return LogEntry(kind, subject, step, seq, microseconds(at), ledger, digest)


def body_text(told: dict[str, object], salt: str) -> bytes:
    """What was published, with its salt, in canonical form; strings, whole numbers, booleans, lists and nulls."""
    return canonical({**told, "salt": salt})
