"""Official documents made of what was kept when they were decided: wording, PDF, and the store they lie in.

The wording is the product's own. Facts come from the paper, so the same document always says the same.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from services.workflow.documents.papers import (
    Annex,
    Channel,
    ListRow,
    NoticePaper,
    Paper,
    Resolution,
    StripDay,
)
from services.workflow.documents.rendering import render
from services.workflow.documents.signing import signed, signs
from services.workflow.documents.supervision import (
    ADDRESSEES,
    in_words,
    rectification_paper,
    revocation_paper,
)
from services.workflow.domain.calendar import ONE_DAY, DayKind, DueDate, day_strip
from services.workflow.domain.refused import Refused
from services.workflow.models import DocumentFile, Notice, NoticeLine
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.clock import now
from services.workflow.queries.notice_legs import has_examples, rule_of
from services.workflow.wording.labels import channel_label

MARKS = {
    DayKind.OPENING: "opened",
    DayKind.COUNTED: "counted",
    DayKind.MAKE_UP: "counted",
    DayKind.REST: "rest",
    DayKind.HOLIDAY: "rest",
}


def pdf_of(document: DocumentFile) -> bytes:
    """The document as PDF/A, made once and kept. Refused: document.no_file, document.font_missing and the like."""
    maker = MAKERS.get(document.kind)
    if maker is None:
        raise Refused("document.no_file")
    place = _place([document.kind, document.number, document.paper])
    if place.exists():
        return place.read_bytes()
    return _kept(place, _issued(maker(document)))


def kept_or_made(paper: Paper) -> bytes:
    """The PDF of these very words, made once and kept."""
    place = _place([type(paper).__name__, asdict(paper)])
    return place.read_bytes() if place.exists() else _kept(place, _issued(paper))


def _issued(paper: Paper) -> bytes:
    pdf = render(paper)
    return signed(pdf, at=now()) if signs() else pdf


def paper_of(document: DocumentFile) -> Paper:
    """What the document says, as a paper. Refused: document.no_file."""
    maker = MAKERS.get(document.kind)
    if maker is None:
        raise Refused("document.no_file")
    return maker(document)


def _place(words: object) -> Path:
    """Where the PDF of these words lies: named by the SHA-256 of their JSON."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder: Path = settings.FILES_DIR / "documents" / digest[:2]
    return folder / f"{digest}.pdf"


def _kept(place: Path, content: bytes) -> bytes:
    """Written beside its place, so that nobody reads half a document; the first one made stays.

    Two made at once may differ by their signatures, and the first may stand in the transparency log already.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent) as file:
        file.write(content)
        file.flush()
        try:
            place.hardlink_to(file.name)
        except FileExistsError:
            return place.read_bytes()
    return content


def resolution_paper(document: DocumentFile) -> Resolution:
    """命名表彰决定, in the name of the issuing bodies, with its list."""
    paper = document.paper
    issuers = tuple(paper["issuers"])
    title = paper["title"]
    named = paper["named"]
    public = "、公示" if paper.get("notice_days") else ""
    first = named[0]["unit"] + (f"等{len(named)}个单位" if len(named) > 1 else "")
    return Resolution(
        issuers=issuers,
        number=document.number,
        title=("　".join(issuers), f"关于命名表彰{paper['year']}年度{title}的决定"),
        addressees=ADDRESSEES,
        paragraphs=(
            f"{paper['year']}年，{paper['district']}各单位对照评选标准开展创建。经自我申报、资格确认、组织评选{public}，"
            f"现决定命名{first}为“{title}”，予以表彰。",
            "希望受表彰的单位珍惜荣誉，巩固成果，继续做好服务居民的工作，为其他单位作出示范。",
            f"“{title}”称号实行动态管理，原则上每{paper['rereview_years']}年复评一次。工作出现滑坡的，给予警告或者责令限期"
            "整改；整改后仍达不到标准的，取消称号。",
        ),
        annex=Annex(
            title=f"{paper['year']}年度{title}名单",
            rows=tuple(map(_named_row, range(1, len(named) + 1), named)),
        ),
        signers=issuers,
        dated=date.fromisoformat(paper["on"]),
        example=bool(paper.get("example")),
    )


def _named_row(serial: int, entry: Mapping[str, str]) -> ListRow:
    points = Decimal(entry["points"]) if entry.get("points") else None
    return ListRow(serial=serial, unit=entry["unit"], town=entry["town"], score=points)


MAKERS: dict[str, Callable[[DocumentFile], Paper]] = {
    "resolution": resolution_paper,
    "revocation": revocation_paper,
    "rectification": rectification_paper,
}


def notice_pdf(notice: Notice) -> bytes:
    """The notice as it is posted on paper. Refused for one that has no period yet: notice.not_released."""
    return kept_or_made(notice_paper(notice))


def notice_paper(notice: Notice) -> NoticePaper:
    """List, period with its count day by day, ways to object, and the address where it can be checked."""
    if notice.opened_on is None or notice.ends_on is None:
        raise Refused("notice.not_released")
    lines = NoticeLine.objects.filter(notice=notice).order_by("position")
    rows = tuple(
        ListRow(serial=line.position, unit=line.unit_name, town=line.town_name, score=line.points)
        for line in lines
    )
    strip, counted = _strip(notice)
    channels = rule_of(notice).channels
    address = f"{settings.PUBLIC_ORIGIN}/notices/{notice.pk}"
    return NoticePaper(
        head=notice.signer,
        title=notice.title,
        number=notice.number,
        paragraphs=tuple(line for line in notice.text.splitlines() if line.strip()),
        list_title=f"公示名单（{len(rows)}个）",
        rows=rows,
        period=f"{in_words(notice.opened_on)}发布，至{in_words(notice.ends_on)}止，共{counted}个工作日",
        strip=strip,
        strip_note=_strip_note(notice),
        channels=tuple(_channel(str(channel), notice, address) for channel in channels),
        signer=notice.signer,
        dated=notice.opened_on,
        verification_url=address,
        example=has_examples(notice.edition.definition_version_id),
    )


def _strip(notice: Any) -> tuple[tuple[StripDay, ...], int]:
    """Every day of the period, the counted ones with their number; an extension is counted on."""
    calendar = calendar_from(notice.opened_on.year)
    first = notice.opened_on if notice.opening_day_counts else notice.opened_on + ONE_DAY
    days = (first + ONE_DAY * n for n in range((notice.ends_on - first).days + 1))
    counted = tuple(day for day in days if calendar.is_working_day(day))
    due = DueDate(notice.ends_on, notice.ends_on > calendar.known_until, counted)
    shown = tuple(
        StripDay(
            day=day.date,
            mark=MARKS[day.kind] if day.number is None or day.kind is not DayKind.OPENING else "counted",
            count=day.number,
        )
        for day in day_strip(notice.opened_on, due, calendar)
    )
    return shown, len(counted)


def _strip_note(notice: Any) -> str:
    opening = "发布当日计入" if notice.opening_day_counts else "发布当日不计入"
    return f"{opening}；法定节假日和休息日不计，调休上班日计入。截止日24时前提出的异议均予受理。"


def _channel(code: str, notice: Notice, address: str) -> Channel:
    where = f"{address}/object" if code == "web" else f"向{notice.signer}提出，注明姓名（单位）和联系方式"
    return Channel(name=channel_label(code), where=where)
