"""What anybody may read of notices, and of an objection by its receipt number."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, Value, When

from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import NoticeStatus
from services.workflow.models import Notice, NoticeFile, NoticeLine, Objection
from services.workflow.queries.register import public_notices

PAGE = 30
RECEIPT_LENGTH = 24
POSITION_MOST = 2**15


@dataclass(frozen=True)
class NoticesPage:
    """One page; `next` is the place after its last row, empty on the last page."""

    notices: tuple[Notice, ...]
    next: str


def notices_page(before: str, today: date) -> NoticesPage:
    """Running notices first, then the others, each newest first; `before` is a page's `next`."""
    running = Q(status=str(NoticeStatus.RELEASED), ends_on__gte=today)
    rows = public_notices().annotate(running=Case(When(running, then=Value(1)), default=Value(0)))
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 6 else 0
    found = list(rows.order_by("-running", "-opened_on", "-pk")[start : start + PAGE + 1])
    return NoticesPage(tuple(found[:PAGE]), str(start + PAGE) if len(found) > PAGE else "")


def public_notice(notice_id: int) -> Notice:
    """A notice that was let out. Refused: notice.not_found."""
    found = public_notices().filter(pk=notice_id).first()
    if found is None:
        raise Refused("notice.not_found", notice=notice_id)
    return found


def taken_down(notice_id: int) -> Notice | None:
    """A notice that was public once and has been taken down."""
    rows = Notice.objects.filter(status=str(NoticeStatus.TAKEN_DOWN), withheld=False)
    return rows.filter(pk=notice_id).first()


def unit_as_shown(objection: Objection) -> str:
    """The unit objected to, by the name that its notice shows or showed; none once that is taken down."""
    if objection.notice.status == NoticeStatus.TAKEN_DOWN:
        return ""
    line = NoticeLine.objects.filter(notice=objection.notice_id, declaration=objection.declaration_id).first()
    return line.unit_name if line else ""


def public_file(notice_id: int, position: int) -> NoticeFile:
    """A file of a notice that was let out. Refused: notice.not_found, notice.file_not_found."""
    notice = public_notice(notice_id)
    files = NoticeFile.objects.filter(notice=notice, position=position, removed_at__isnull=True)
    found: NoticeFile | None = files.first() if position < POSITION_MOST else None
    if found is None:
        raise Refused("notice.file_not_found", position=position)
    return found


def objection_by(number: str) -> Objection | None:
    """The objection with this receipt number, however it was typed."""
    cleaned = number.strip().upper().replace(" ", "")[:RECEIPT_LENGTH]
    return Objection.objects.filter(receipt=cleaned).select_related("notice").first()
