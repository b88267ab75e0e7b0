"""What keeps a notice from the public: numbers that stand in it unmasked, and files that nobody has read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.notice_gate import Exposed, exposed_in_file, exposed_in_words
from services.workflow.domain.stages import NoticeStatus
from services.workflow.models import NoticeFile, NoticeLine

BEFORE_RELEASE = (NoticeStatus.DRAFT, NoticeStatus.PREPARED)


@dataclass(frozen=True)
class Gate:
    """`unread` names the files whose unread parts nobody answers for."""

    exposed: tuple[Exposed, ...] = ()
    unread: tuple[str, ...] = ()


def gates_of(notices: Sequence[Any]) -> dict[int, Gate]:
    """{notice: its gate}; of those that are out nothing is looked for, they cannot be changed any more."""
    asked = {n.pk: n for n in notices if n.status in BEFORE_RELEASE}
    words: dict[int, dict[str, str]] = {
        n.pk: {"title": n.title, "text": n.text, "signer": n.signer} for n in asked.values()
    }
    lines = NoticeLine.objects.filter(notice__in=list(asked)).order_by("notice", "position") if asked else []
    for line in lines:
        words[line.notice_id][f"line:{line.position}"] = f"{line.unit_name}\n{line.town_name}"
    exposed = {pk: exposed_in_words(words[pk]) for pk in asked}
    unread: dict[int, tuple[str, ...]] = {}
    for file in kept_files(list(asked)) if asked else []:
        found = exposed_in_file(file.position, file.findings["found"])
        exposed[file.notice_id] += found
        if file.findings["unread"] and file.vouched_by_id is None:
            unread[file.notice_id] = (*unread.get(file.notice_id, ()), file.name)
    gates = {pk: Gate(exposed[pk], unread.get(pk, ())) for pk in asked}
    return {n.pk: gates.get(n.pk, Gate()) for n in notices}


def kept_files(notice_ids: Sequence[int]) -> list[NoticeFile]:
    """The files of notices that were not removed again, in their order."""
    rows = NoticeFile.objects.filter(notice__in=notice_ids, removed_at__isnull=True)
    return list(rows.select_related("added_by__unit", "vouched_by__unit").order_by("notice", "position"))
