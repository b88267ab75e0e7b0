"""What separation of duty refuses is kept: who tried what on which case, and why it was refused."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import RefusedAct
from services.workflow.queries.clock import now

KEPT = "conflict."


@contextmanager
def noting(by: Actor, step: str, *, case: int | None = None, task: int | None = None) -> Iterator[None]:
    """Around a command: its transaction is gone with the refusal, so the note is one of its own after it."""
    try:
        yield
    except Refused as refusal:
        if refusal.code.startswith(KEPT):
            _kept(by, step, now(), code=refusal.code, case=case, task=task).save(force_insert=True)
        raise


def note_rows(by: Actor, step: str, at: datetime, refused: Sequence[tuple[int, str]]) -> None:
    """Rows of many that were refused while the others went on: (case, code), in the command's transaction."""
    rows = [_kept(by, step, at, code=code, case=case) for case, code in refused if code.startswith(KEPT)]
    if rows:
        RefusedAct.objects.bulk_create(rows)


def _kept(
    by: Actor, step: str, at: datetime, *, code: str, case: int | None = None, task: int | None = None
) -> RefusedAct:
    return RefusedAct(
        member_id=by.member_id,
        office_id=by.office_id,
        step=step[:24],
        case_id=case,
        task_id=task,
        code=code,
        at=at,
    )
