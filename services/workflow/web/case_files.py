"""What a total is made of: one criterion of a case with its scorers and files, and all files one by one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from services.workflow.domain.rule_points import is_computed
from services.workflow.domain.scoring import NOT_APPLICABLE, Score
from services.workflow.queries.declaration_page import Sheet, sheet_of
from services.workflow.queries.sheets import sheet_of as scores_of
from services.workflow.web.acting import actor
from services.workflow.web.case_shown import crumbs
from services.workflow.web.declaration_shown import figures_words
from services.workflow.web.pages import show
from services.workflow.web.scores_shown import points_of, tier_label
from services.workflow.web.sections import file_row
from services.workflow.wording.rules import rule_sentence

Row = dict[str, Any]


def criterion(request: HttpRequest, case_id: int, code: str) -> HttpResponse:
    """One criterion: what is asked, what the unit says and shows, and who gave how many points."""
    sheet = sheet_of(case_id, actor(request))
    line = sheet.line(code)
    scores = scores_of(sheet.declaration, actor(request))
    marks = next(one.marks for one in scores.lines if one.criterion.code == code)
    context = {
        "crumbs": _crumbs(sheet),
        "criterion": {
            "code": code,
            "name": line.criterion.name,
            "text": line.criterion.requirement or line.criterion.name,
            "rule": rule_sentence(line.criterion) if is_computed(line.criterion) else "",
            "maximum": line.criterion.points,
            "example": line.criterion.example or line.indicator.example,
        },
        "marks": [_mark(tier, mark, sheet) for tier, mark in marks.items()],
        "statement": line.answer.statement if line.answer else "",
        "figures": figures_words(line),
        "files": [file_row(file) for file in line.files],
        "back": reverse("case", args=[case_id]),
    }
    return show(request, "criterion.html", context)


def _mark(tier: str, mark: Score, sheet: Sheet) -> Row:
    words = _("Does not apply") if mark.points is NOT_APPLICABLE else ""
    return {
        "tier": tier_label(sheet.definition, tier),
        "points": points_of(mark),
        "words": words,
        "scorer": sheet.declaration.unit.name if tier == "self" else mark.scorer,
        "note": mark.source,
    }


def files(request: HttpRequest, case_id: int) -> HttpResponse:
    """Every file of a declaration, by criterion."""
    sheet = sheet_of(case_id, actor(request))
    groups = [
        {
            "code": line.criterion.code,
            "name": line.criterion.name,
            "files": [file_row(file) for file in line.files],
        }
        for line in sheet.lines
        if line.files
    ]
    context = {"crumbs": _crumbs(sheet), "unit": sheet.declaration.unit.name, "groups": groups}
    return show(request, "files.html", context)


def _crumbs(sheet: Sheet) -> list[Row]:
    here = {"words": sheet.declaration.unit.name, "address": reverse("case", args=[sheet.declaration.pk])}
    return [*crumbs(sheet.declaration), here]
