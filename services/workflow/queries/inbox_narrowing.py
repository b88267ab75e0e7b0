"""What an inbox page is narrowed to: an edition, a programme, a stage, a town, a kind of work, a deadline, words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

WORDS_MOST = 40
OF_NOTICE = "notice_id IN (SELECT id FROM workflow_notice WHERE edition_id = %(edition)s)"
OF_HONOUR = "honour_id IN (SELECT id FROM workflow_honour WHERE edition_id = %(edition)s)"
OF_SLATE = (
    "process_id IN (SELECT r.id FROM workflow_round r JOIN workflow_slate s ON s.id = r.slate_id"
    " WHERE s.edition_id = %(edition)s)"
)
OWN = "edition_id = %(edition)s"
EDITIONS = {
    "declaration": OWN,
    "honour": OWN,
    "notice": OWN,
    "objection": OF_NOTICE,
    "rectification": OF_HONOUR,
    "round_task": OF_SLATE,
}
# A programme's editions; a programme itself waits too, while it is proposed or admitted.
PROGRAMMES = {
    kind: text.replace(
        "edition_id = %(edition)s",
        "edition_id IN (SELECT id FROM workflow_edition WHERE programme_id = %(programme)s)",
    )
    for kind, text in EDITIONS.items()
} | {"programme": "id = %(programme)s"}
STAGES = {"declaration": "stage = %(stage)s"}
DECLARED = "declaration_id IN (SELECT id FROM workflow_declaration WHERE {})"
NAMED = (
    "(SELECT id FROM workflow_unit WHERE name ILIKE %(words)s OR replace(pinyin, ' ', '') ILIKE %(words)s)"
)
TOWNS = {
    "declaration": "town_id = %(town)s",
    "honour": "town_id = %(town)s",
    "rectification": "town_id = %(town)s",
    "objection": DECLARED.format("town_id = %(town)s"),
}
WORDS = {
    "declaration": f"(number ILIKE %(words)s OR unit_id IN {NAMED})",
    "honour": f"(number ILIKE %(words)s OR unit_id IN {NAMED})",
    "rectification": f"unit_id IN {NAMED}",
    "objection": f"(receipt ILIKE %(words)s OR {DECLARED.format(f'unit_id IN {NAMED}')})",
    "notice": "(title ILIKE %(words)s OR number ILIKE %(words)s)",
    "programme": "name ILIKE %(words)s",
}


@dataclass(frozen=True)
class Narrowing:
    """Each part that is set narrows; a kind of work that has no such thing is left out."""

    edition: int | None = None
    programme: int | None = None
    stage: str = ""
    town: int | None = None
    kind: str = ""
    due_before: datetime | None = None
    due_from: datetime | None = None
    words: str = ""

    def condition(self, kind: str) -> str:
        """What to add to the WHERE of one kind."""
        if self.kind and kind != self.kind:
            return "AND false"
        parts = []
        if self.edition is not None:
            parts.append(EDITIONS.get(kind, "false"))
        if self.programme is not None:
            parts.append(PROGRAMMES.get(kind, "false"))
        if self.stage:
            parts.append(STAGES.get(kind, "false"))
        if self.town is not None:
            parts.append(TOWNS.get(kind, "false"))
        if self.due_before is not None:
            parts.append("due_at <= %(due_before)s")
        if self.due_from is not None:
            parts.append("due_at > %(due_from)s")
        if self.words:
            parts.append(WORDS.get(kind, "false"))
        return "".join(f" AND {part}" for part in parts)

    @property
    def values(self) -> dict[str, Any]:
        escaped = self.words[:WORDS_MOST].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return {
            "edition": self.edition,
            "programme": self.programme,
            "stage": self.stage,
            "town": self.town,
            "due_before": self.due_before,
            "due_from": self.due_from,
            "words": f"%{escaped}%",
        }


EVERYTHING = Narrowing()
