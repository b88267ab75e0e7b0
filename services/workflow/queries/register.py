"""What anybody may read: released notices and the register of honours. Nothing here knows who asks."""

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace

from services.workflow.domain.stages import HonourStatus, NoticeStatus
from services.workflow.models import Honour, Notice

PUBLIC_NOTICES = (NoticeStatus.RELEASED, NoticeStatus.SUSPENDED, NoticeStatus.CLOSED)
QUERY_LENGTH = 40


def public_notices(*, status: str = "") -> QuerySet[Notice]:
    """Notices that were let out before the public and not taken down."""
    rows = _let_out().filter(withheld=False)
    return rows.filter(status=status) if status else rows


def withheld_notices() -> QuerySet[Notice]:
    """Notices that run, or ran, without the public: of these only number, body, period and reason are told."""
    return _let_out().filter(withheld=True)


def _let_out() -> QuerySet[Notice]:
    rows = Notice.objects.filter(status__in=[str(s) for s in PUBLIC_NOTICES])
    return rows.select_related("edition__programme")


def register(*, q: str = "", status: str = "") -> QuerySet[Honour]:
    """All honours ever conferred, found by the unit's or its town's name or pinyin, the title, or the number."""
    rows = Honour.objects.select_related(
        "unit__town", "unit__parent", "town", "edition__programme", "resolution"
    )
    if status in set(HonourStatus):
        rows = rows.filter(status=status)
    text = q.strip()[:QUERY_LENGTH]
    if not text:
        return rows
    # Pinyin is kept syllable by syllable; people type it with spaces and without.
    spelled = text.lower().replace(" ", "")
    unspaced = {
        f"{unit}_spelled": Replace(f"{unit}__pinyin", Value(" "), Value("")) for unit in ("unit", "town")
    }
    return rows.alias(**unspaced).filter(
        Q(unit__name__icontains=text)
        | Q(unit_spelled__icontains=spelled)
        | Q(town__name__icontains=text)
        | Q(town_spelled__icontains=spelled)
        | Q(title__icontains=text)
        | Q(number__iexact=text)
    )
