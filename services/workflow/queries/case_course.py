"""What stands beside a declaration on its page: vetoes, files, rounds it went through, its notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from services.workflow.models import (
    Answer,
    Ballot,
    Declaration,
    DocumentFile,
    Evidence,
    NoticeLine,
    SlateLine,
    Veto,
)
from services.workflow.queries.slates import counted


@dataclass(frozen=True)
class Course:
    """`lines` are its places on slates, oldest first; `ballots` its closed votes by choice, by slate."""

    vetoes: tuple[Veto, ...]
    lines: tuple[SlateLine, ...]
    notices: tuple[NoticeLine, ...]
    documents: tuple[DocumentFile, ...]
    evidence: int
    ballots: dict[int, dict[str, int]]


def course_of(declaration: Declaration) -> Course:
    """Everything that happened around a declaration; the votes of an open round stay closed."""
    lines = SlateLine.objects.filter(case=declaration).select_related("slate").order_by("slate_id")
    notices = NoticeLine.objects.filter(declaration=declaration).select_related("notice").order_by("pk")
    vetoes = Veto.objects.filter(case_id=declaration.pk).select_related("raised_by__unit", "lifted_by__unit")
    files = Evidence.objects.filter(declaration=declaration, removed_at__isnull=True)
    papers = DocumentFile.objects.filter(case_id=declaration.pk).order_by("pk")
    found = tuple(lines)
    return Course(
        tuple(vetoes.order_by("pk")),
        found,
        tuple(notices),
        tuple(papers),
        files.count(),
        _ballots(declaration.pk, found),
    )


def _ballots(case_id: int, lines: Sequence[SlateLine]) -> dict[int, dict[str, int]]:
    closed = [line.slate_id for line in lines if not line.open]
    rows = counted(Ballot.objects.filter(case=case_id, task__process__slate__in=closed))
    found: dict[int, dict[str, int]] = {}
    for slate, choice, n in rows.values_list("task__process__slate_id", "choice").annotate(n=Count("pk")):
        found.setdefault(slate, {})[choice] = n
    return found


def changed_since(declaration_id: int, moment: datetime) -> list[str]:
    """Codes of the criteria that the unit wrote in, or brought files for, after it was returned."""
    answers = Answer.objects.filter(declaration=declaration_id, saved_at__gt=moment)
    files = Evidence.objects.filter(declaration=declaration_id, added_at__gt=moment)
    codes = {*answers.values_list("criterion", flat=True), *files.values_list("criterion", flat=True)}
    return sorted(codes, key=_by_number)


def _by_number(code: str) -> list[Any]:
    return [(0, int(part)) if part.isdigit() else (1, part) for part in code.split(".")]
