"""Papers as a DOCX that an office goes on writing in, and minutes so: A4, type area and letters of GB/T 9704-2012.

WordprocessingML by the standard library: paragraphs and tables ask for no package. Text goes in escaped, as text;
the same minutes give the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from services.workflow.documents.papers import Attendee, Minutes

# Twentieths of a point: A4, margins 37/35/28/26 mm, 22 lines of 28 characters to a page.
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
    ' w:header="851" w:footer="1417" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/>'
)
LINE_PITCH = 579
RED = "D0000B"
TITLE = "方正小标宋简体"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MOMENT = (2026, 1, 1, 0, 0, 0)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCX_TYPE = f"{MAIN}.document"
FILES = {
    "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{MAIN}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{MAIN}.footer+xml"/></Types>',
    "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="s1" '
    f'Type="{RELATION}/styles" Target="styles.xml"/><Relationship Id="f1" Type="{RELATION}/footer" '
    f'Target="footer1.xml"/></Relationships>',
    "word/styles.xml": f'{XML}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>'
    f'<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" '
    f'w:after="0" w:line="{LINE_PITCH}" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>',
    "word/footer1.xml": f'{XML}<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
    f'<w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:rPr>'
    f'<w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple><w:r><w:rPr><w:sz w:val="28"/></w:rPr>'
    f'<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>',
}  # fmt: skip
EXAMPLE = "示例 · 演示数据，不是正式公文"


def minutes_docx(paper: Minutes) -> bytes:
    """The minutes as a file for Word and WPS."""
    return packed("".join(_body(paper)))


def packed(body: str) -> bytes:
    """A whole file around these paragraphs; the same ones make the same bytes."""
    footer = f'<w:sectPr><w:footerReference w:type="default" r:id="f1"/>{PAGE}</w:sectPr>'
    document = (
        f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{RELATION}"><w:body>{body}{footer}</w:body></w:document>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in {**FILES, "word/document.xml": document}.items():
            book.writestr(zipfile.ZipInfo(name, MOMENT), text.encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _body(paper: Minutes) -> Iterable[str]:
    if paper.example:
        yield line_of(EXAMPLE, RIGHT, size=21)
    yield line_of(f"{paper.body}会议纪要", FREE + CENTRED, size=56, font=TITLE, colour=RED)
    yield line_of(paper.number, RULED + CENTRED)
    yield line_of("")
    yield line_of(paper.title, FREE + CENTRED, size=44, font=TITLE)
    yield line_of("")
    for name, text in _heads(paper):
        yield named_line(name, text)
    yield line_of("")
    for paragraph in paper.paragraphs:
        yield line_of(paragraph, INDENTED)
    yield _table(paper)
    yield line_of("")
    for duty, person in _signers(paper):
        yield line_of(f"{duty}（签名）：________________　{person}")
    day = paper.dated
    yield line_of(f"{day.year}年{day.month}月{day.day}日", RIGHT)


def _heads(paper: Minutes) -> Iterable[tuple[str, str]]:
    held = paper.held_on
    yield "时间", f"{held.year}年{held.month}月{held.day}日"
    yield "地点", paper.place
    yield "主持", paper.chair
    yield "记录", paper.recorder
    yield "方式", "无记名投票" if paper.secret else "记名投票"
    yield (
        "法定人数",
        f"应到{paper.entitled}人，到会须满{paper.quorum}人，实到{len(paper.present)}人",
    )
    yield "出席", _people(paper.present)
    yield "请假", _people(paper.absent)
    yield "回避", _people(paper.recused)


def _people(people: Sequence[Attendee]) -> str:
    if not people:
        return "无"
    return "、".join(f"{who.name}（{who.office}{'，' + who.reason if who.reason else ''}）" for who in people)


def _signers(paper: Minutes) -> Iterable[tuple[str, str]]:
    yield "主持人", paper.chair
    if paper.teller:
        yield "计票人", paper.teller
    if paper.scrutineer:
        yield "监票人", paper.scrutineer
    yield "记录人", paper.recorder


def run_of(text: str, *, size: int = 32, font: str = "", colour: str = "") -> str:
    marks = f"<w:rFonts w:eastAsia={quoteattr(font)}/>" if font else ""
    marks += f'<w:color w:val="{colour}"/>' if colour else ""
    return f'<w:r><w:rPr>{marks}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


RULED = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="4" w:color="{RED}"/></w:pBdr>'
INDENTED = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
FREE = '<w:spacing w:line="240" w:lineRule="auto"/>'  # letters larger than a line of the grid
CENTRED, RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'


def line_of(text: str, marks: str = "", *, size: int = 32, font: str = "", colour: str = "") -> str:
    """A paragraph; `marks` in the order that the schema asks for: border, spacing, indent, side."""
    return f"<w:p><w:pPr>{marks}</w:pPr>{run_of(text, size=size, font=font, colour=colour)}</w:p>"


def named_line(name: str, text: str) -> str:
    return f"<w:p><w:pPr/>{run_of(f'{name}：', font='黑体')}{run_of(text)}</w:p>"


def _table(paper: Minutes) -> str:
    heads = ["序号", "单位", "赞成", "反对", "弃权", *(["无效"] if paper.secret else []), "回避", "结果"]
    rows = [
        [
            str(row.serial),
            row.unit,
            str(row.in_favour),
            str(row.against),
            str(row.abstained),
            *([str(row.spoiled)] if paper.secret else []),
            str(row.recused),
            row.outcome,
        ]
        for row in paper.tallies
    ]
    return table_of(heads, rows)


def table_of(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with lines all round, whose head comes again on each page."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = row_of(heads, "<w:trPr><w:tblHeader/></w:trPr>", font="黑体")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
        f"{head}{''.join(row_of(cells) for cells in rows)}</w:tbl>"
    )


def row_of(cells: Sequence[str], marks: str = "", *, font: str = "") -> str:
    inside = "".join(
        f"<w:tc><w:p><w:pPr>{'' if index == 1 else CENTRED}</w:pPr>"
        f"{run_of(text, size=28, font=font)}</w:p></w:tc>"
        for index, text in enumerate(cells)
    )
    return f"<w:tr>{marks}{inside}</w:tr>"
