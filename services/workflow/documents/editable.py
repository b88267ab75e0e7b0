"""Papers that an office goes on writing in: DOCX, filled in by docxtpl from templates that Word and WPS open.

A template of the site's own stands in for the shipped one: uploaded on the administrators' page, or else lying
under its name in PAPER_TEMPLATES. It is text that others wrote: it is filled in a sandbox, and whatever is wrong with
it is told by name.
"""

import io
import zipfile
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from services.workflow.documents import characters, papers, qr
from services.workflow.documents.rendering import TEMPLATE_OF, plain
from services.workflow.documents.supervision import in_words
from services.workflow.domain.refused import Refused
from services.workflow.queries.paper_templates import newest
from services.workflow.queries.stored import path_of

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import ImmutableSandboxedEnvironment

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHIPPED = Path(__file__).parent / "templates"
MARK = "示例 · 演示数据，不是正式公文"
MOMENT = (2026, 1, 1, 0, 0, 0)
QR_MM = 24
# The address that a code on the paper opens.
CODES = {
    papers.NoticePaper: "verification_url",
    papers.Certificate: "register_url",
    papers.Plaque: "register_url",
}
OF_THE_PDF = frozenset(
    {"qr", "printed"}
)  # what its layout tells in a form of its own; its balanced titles serve here too
NAMES: dict[type[papers.Paper], str] = {
    papers.Resolution: "resolution.docx",
    papers.RectificationOrder: "rectification.docx",
    papers.RevocationDecision: "revocation.docx",
    papers.NoticePaper: "notice.docx",
    papers.Certificate: "certificate.docx",
    papers.Plaque: "plaque.docx",
    papers.Minutes: "minutes.docx",
}


class Whose(StrEnum):
    """Where a template comes from; the first that there is counts."""

    UPLOADED = "uploaded"
    FOLDER = "folder"
    SHIPPED = "shipped"


@dataclass(frozen=True)
class Template:
    """A template in use, or one that somebody would use."""

    name: str
    content: bytes
    whose: Whose


def editable(paper: papers.Paper, *, template: Template | None = None) -> bytes:
    """The paper as a file for Word and WPS; the same paper and template give the same bytes.

    Refused: document.template_broken, and document.character_missing as for its PDF.
    """
    template = template or template_of(type(paper))
    words = _words(paper)
    try:
        parts = _filled(template, words, _code(paper))
    except Exception as error:  # a template may fail in any way that its writer found
        raise Refused("document.template_broken", template=template.name, reason=_told(error)) from error
    if paper.example and not _says(parts, MARK):
        raise Refused("document.template_broken", template=template.name, reason=_unmarked())
    return _packed(parts)


def template_of(kind: type[papers.Paper]) -> Template:
    """The template in use for a kind of paper. Refused: file.missing."""
    name = NAMES[kind]
    change = newest(Path(name).stem)
    if change is not None and change.sha256:
        place = path_of(change.sha256)
        if not place.is_file():
            raise Refused("file.missing")
        return Template(name, place.read_bytes(), Whose.UPLOADED)
    own = settings.PAPER_TEMPLATES / name
    whose, place = (Whose.FOLDER, own) if own.exists() else (Whose.SHIPPED, SHIPPED / name)
    return Template(name, place.read_bytes(), whose)


def names_in(paper: papers.Paper) -> frozenset[str]:
    """What a template of this kind of paper may name."""
    return frozenset(_words(paper)) | ({"qr"} if type(paper) in CODES else set())


def faults_of(paper: papers.Paper, *, template: Template | None = None) -> list[str]:
    """What is wrong with a template, by a specimen of its paper: unknown fields, no mark, what filling it in says."""
    try:
        template = template or template_of(type(paper))
        asked = _opened(template).get_undeclared_template_variables(jinja_env=_sandbox())
        unknown = sorted(asked - names_in(paper))
        found = [_("{{ %(name)s }} is no field of this document") % {"name": name} for name in unknown]
        found += [] if "mark" in asked else [_unmarked()]
        if not found:
            editable(paper, template=template)
    except Refused as refused:
        return [str(refused.params.get("reason", refused.code))]
    except Exception as error:  # as above
        return [_told(error)]
    return found


def _told(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    return f"{type(error).__name__}: {error}" + (f" ({line})" if line else "")


def _unmarked() -> str:
    return _("{{ mark }} is missing; it marks an example on every page")


def _words(paper: papers.Paper) -> dict[str, Any]:
    """What the templates name: the paper's own words, days in words, and the mark of an example."""
    words: dict[str, Any] = plain(asdict(paper), day=in_words)
    characters.check(words)
    rows = words.get("rows") or (words.get("annex") or {}).get("rows") or []
    scored = any(row["score"] is not None for row in rows)
    _, layout = TEMPLATE_OF[type(paper)]
    lines = {name: value for name, value in layout(paper).items() if name not in OF_THE_PDF}
    return words | dict(plain(lines)) | {"mark": MARK if paper.example else "", "scored": scored}


def _code(paper: papers.Paper) -> bytes | None:
    field = CODES.get(type(paper))
    return qr.png(getattr(paper, field)) if field else None


def _opened(template: Template) -> "DocxTemplate":
    from docxtpl import DocxTemplate  # slow import

    return DocxTemplate(io.BytesIO(template.content))


def _filled(used: Template, words: dict[str, Any], code: bytes | None) -> dict[str, bytes]:
    """The parts of the package, filled in."""
    from docx.shared import Mm  # slow import
    from docxtpl import InlineImage  # slow import

    template = _opened(used)
    if code is not None:
        words = words | {"qr": InlineImage(template, io.BytesIO(code), width=Mm(QR_MM))}
    template.render(words, _sandbox(), autoescape=True)
    target = io.BytesIO()
    template.save(target)
    with zipfile.ZipFile(target) as book:
        return {name: book.read(name) for name in book.namelist()}


@cache
def _sandbox() -> "ImmutableSandboxedEnvironment":
    """Names that are not told are a fault, not a blank; text that people typed is text, never markup."""
    from jinja2 import StrictUndefined  # slow import
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # slow import

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _says(parts: dict[str, bytes], words: str) -> bool:
    return any(words.encode() in content for name, content in parts.items() if name.startswith("word/"))


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def write_out(folder: Path) -> list[Path]:
    """The shipped templates put into a folder, to be changed there; what lies there already stays. Those written."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in NAMES.values() if not (folder / name).exists()]
    for name in missing:
        (folder / name).write_bytes((SHIPPED / name).read_bytes())
    return [folder / name for name in missing]
