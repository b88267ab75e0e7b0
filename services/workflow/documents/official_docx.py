"""Decisions, orders and notices as DOCX in the form of GB/T 9704-2012, for an office that goes on writing in them."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.workflow.documents.docx import (
    CENTRED,
    EXAMPLE,
    FREE,
    INDENTED,
    RED,
    RIGHT,
    RULED,
    TITLE,
    line_of,
    packed,
    table_of,
)
from services.workflow.documents.papers import (
    ListRow,
    NoticePaper,
    OfficialPaper,
    RectificationOrder,
    Resolution,
    RevocationDecision,
)
from services.workflow.documents.rendering import points

BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def official_docx(paper: OfficialPaper | NoticePaper) -> bytes:
    """The paper as a file for Word and WPS: the same words as its PDF."""
    return packed("".join(_notice(paper) if isinstance(paper, NoticePaper) else _official(paper)))


def _official(paper: OfficialPaper) -> Iterable[str]:
    if paper.example:
        yield line_of(EXAMPLE, RIGHT, size=21)
    for issuer in paper.issuers:
        yield line_of(issuer, FREE + CENTRED, size=56, font=TITLE, colour=RED)
    yield line_of(paper.number, RULED + CENTRED)
    yield line_of("")
    for part in paper.title:
        yield line_of(part, FREE + CENTRED, size=44, font=TITLE)
    yield line_of("")
    yield line_of(f"{paper.addressees}：")
    for paragraph in paper.paragraphs:
        yield line_of(paragraph, INDENTED)
    yield from _particulars(paper)
    yield line_of("")
    for signer in paper.signers:
        yield line_of(signer, RIGHT)
    yield line_of(_in_words(paper.dated), RIGHT)
    if paper.remark:
        yield line_of(f"（{paper.remark}）", INDENTED)
    yield from _annex(paper)
    if paper.copies:
        yield line_of(f"抄送：{paper.copies}。", size=28)
    if paper.printer:
        yield line_of(f"{paper.printer}　　{_in_words(paper.printed or paper.dated)}印发", size=28)


def _particulars(paper: OfficialPaper) -> Iterable[str]:
    """What stands between the text and the signature: the order's table and its term, an annex's name."""
    if isinstance(paper, RectificationOrder):
        heads = ("序号", "评分条目", "存在问题", "整改要求")
        yield table_of(heads, [(str(s.serial), s.criterion, s.finding, s.demand) for s in paper.shortcomings])
        yield line_of(
            f"请自收到本通知之日起{paper.working_days}个工作日内（{_in_words(paper.due)}前）完成整改，"
            f"并将整改情况书面报告{paper.report_to}。",
            INDENTED,
        )
    if isinstance(paper, RevocationDecision):
        columns = ("序号", "单位", "所属街镇", "荣誉编号", "取消事由")
        yield table_of(
            columns, [(str(r.serial), r.unit, r.town, r.honour_number, r.reason) for r in paper.revoked]
        )
        if paper.plaque_due:
            yield line_of(f"奖牌、证书应于{_in_words(paper.plaque_due)}前交回。", INDENTED)
        if paper.banned_until:
            yield line_of(f"{_in_words(paper.banned_until)}前不得申报。", INDENTED)
    if isinstance(paper, Resolution) and paper.annex:
        yield line_of("")
        yield line_of(f"附件：{paper.annex.title}", INDENTED)


def _annex(paper: OfficialPaper) -> Iterable[str]:
    if isinstance(paper, Resolution) and paper.annex:
        yield BREAK
        yield line_of("附件", font="黑体")
        yield line_of(paper.annex.title, FREE + CENTRED, size=44, font=TITLE)
        yield _list(paper.annex.rows)


def _list(rows: Sequence[ListRow]) -> str:
    scored = any(row.score is not None for row in rows)
    heads = ("序号", "单位", "所属街镇", *(["得分"] if scored else []))
    cells = [
        (
            str(row.serial),
            row.unit,
            row.town,
            *(["" if row.score is None else points(row.score)] if scored else []),
        )
        for row in rows
    ]
    return table_of(heads, cells)


def _notice(paper: NoticePaper) -> Iterable[str]:
    if paper.example:
        yield line_of(EXAMPLE, RIGHT, size=21)
    yield line_of(paper.head, FREE + CENTRED, size=56, font=TITLE, colour=RED)
    yield line_of(paper.number, RULED + CENTRED)
    yield line_of("")
    yield line_of(paper.title, FREE + CENTRED, size=44, font=TITLE)
    yield line_of("")
    for paragraph in paper.paragraphs:
        yield line_of(paragraph, INDENTED)
    yield line_of(f"公示时间：{paper.period}。{paper.strip_note}", INDENTED)
    for channel in paper.channels:
        yield line_of(f"{channel.name}：{channel.where}", INDENTED)
    yield line_of(paper.list_title, font="黑体")
    yield _list(paper.rows)
    yield line_of("")
    yield line_of(paper.signer, RIGHT)
    yield line_of(_in_words(paper.dated), RIGHT)


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
