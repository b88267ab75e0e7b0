"""What the public reads of a notice, an honour and a decision, as the transparency log keeps it.

Each is a part of what /api/v1/public/ tells of the same thing, member for member, so that anybody can compare the two.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.stages import Kind, ProgrammeStatus
from services.workflow.models import (
    DocumentFile,
    Honour,
    LedgerEntry,
    Notice,
    NoticeFile,
    NoticeLine,
    Programme,
)
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.notice_gate import kept_files
from services.workflow.queries.units import unit_above

Told = dict[str, object]


def notice_published(notice: Any, lines: Sequence[NoticeLine], files: Sequence[NoticeFile] = ()) -> Told:
    """A notice with its lines, and its files by the digests of their public copies."""
    return {
        "id": notice.pk,
        "version": notice.version,
        "number": notice.number,
        "title": notice.title,
        "status": str(notice.status),
        "signer": notice.signer,
        "text": notice.text,
        "opened_on": _day(notice.opened_on),
        "ends_on": _day(notice.ends_on),
        "working_days": notice.working_days,
        "opening_day_counts": notice.opening_day_counts,
        "lines": [
            {
                "position": line.position,
                "unit": line.unit_name,
                "town": line.town_name,
                "points": None if line.points is None else str(line.points),
                "result": line.result,
            }
            for line in lines
        ],
        "files": [
            {
                "position": file.position,
                "name": file.name,
                "media_type": file.media_type,
                "size": file.public_size,
                "sha256": file.public_sha256,
                "file": f"/notices/{file.notice_id}/files/{file.position}",
            }
            for file in files
        ],
    }


def withheld_published(notice: Any) -> Told:
    """Of a notice that is kept from the public: that it runs, for how long, and why nobody reads it."""
    return {
        "id": notice.pk,
        "number": notice.number,
        "status": str(notice.status),
        "signer": notice.signer,
        "opened_on": _day(notice.opened_on),
        "ends_on": _day(notice.ends_on),
        "reason": notice.withheld_reason,
    }


def notice_subject(notice: Any) -> str:
    """Where the public finds it."""
    return f"{'withheld-notices' if notice.withheld else 'notices'}/{notice.pk}"


def project_published(programme: Any) -> Told:
    """A project notice: which programme, as asked for by which version, approved by whom, for how many working days.

    Its last day is not among it: that is counted anew, without a step, where a year of holidays becomes known.
    """
    version = programme.proposed_version
    asked = definition_of(version.pk).admission if version else None
    return {
        "id": programme.pk,
        "version": programme.version,
        "name": programme.name,
        "host": programme.host.name,
        "admitting": programme.admitting_unit.name,
        "status": str(programme.status),
        "working_days": asked.notice_working_days if asked else None,
        "definition": version.number if version else None,
        "definition_sha256": version.content_hash if version else None,
    }


def projects_published(ids: Sequence[int]) -> dict[int, tuple[Any, Told]]:
    """{id: (row, what is told)}."""
    rows = Programme.objects.filter(pk__in=ids).select_related("host", "admitting_unit", "proposed_version")
    return {row.pk: (row, project_published(row)) for row in rows}


def project_steps(ids: Iterable[int]) -> dict[tuple[int, int], bool]:
    """{(programme, version): whether it is shown after that step} of the steps by which a project notice reads
    otherwise: from the approval that puts a programme on its notice, until it is refused or asked for again.
    """
    found: dict[tuple[int, int], bool] = {}
    shown: set[int] = set()
    entries = LedgerEntry.objects.filter(case_id__in=list(ids), kind=str(Kind.PROGRAMME))
    for case, seq, step, target in entries.order_by("case_id", "seq").values_list(
        "case_id", "seq", "step", "target"
    ):
        if step == "admit" and target == ProgrammeStatus.ON_NOTICE:
            shown.add(case)
        elif case not in shown:
            continue
        elif step in {"refuse", "reopen"}:
            shown.discard(case)
        found[case, seq] = case in shown
    return found


def honour_published(honour: Any) -> Told:
    """An entry of the register."""
    return {
        "version": honour.version,
        "number": honour.number,
        "title": honour.title,
        "level": honour.level,
        "unit": honour.unit.name,
        "town": unit_above(honour.unit),
        "status": str(honour.status),
        "conferred_on": _day(honour.conferred_on),
        "resolution": honour.resolution.number if honour.resolution else "",
        "last_reviewed_on": _day(honour.last_reviewed_on),
        "next_rereview_on": _day(honour.next_rereview_on),
        "revoked_on": _day(honour.revoked_on),
    }


def document_published(document: DocumentFile) -> Told:
    """A decision: all its words, and the digest of the file that was made of them."""
    return {
        "id": document.pk,
        "kind": document.kind,
        "number": document.number,
        "on": shanghai_date(document.at).isoformat(),
        "paper": document.paper,
        "sha256": document.sha256,
    }


def notices_published(ids: Sequence[int]) -> dict[int, tuple[Any, Told]]:
    """{id: (row, what is told)}, lines in their order."""
    lines: dict[int, list[NoticeLine]] = {}
    for line in NoticeLine.objects.filter(notice__in=ids).order_by("notice_id", "position"):
        lines.setdefault(line.notice_id, []).append(line)
    files: dict[int, list[NoticeFile]] = {}
    for file in kept_files(ids):
        files.setdefault(file.notice_id, []).append(file)
    return {
        row.pk: (
            row,
            withheld_published(row)
            if row.withheld
            else notice_published(row, lines.get(row.pk, []), files.get(row.pk, [])),
        )
        for row in Notice.objects.filter(pk__in=ids)
    }


def honours_published(ids: Sequence[int]) -> dict[int, tuple[Any, Told]]:
    """{id: (row, what is told)}."""
    rows = Honour.objects.filter(pk__in=ids).select_related("unit__town", "unit__parent", "resolution")
    return {row.pk: (row, honour_published(row)) for row in rows}


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
