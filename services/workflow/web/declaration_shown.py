"""The declaration as its pages show it: task list, gaps, answers to be checked."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Leg
from services.workflow.domain.programme_rules import PARENT
from services.workflow.domain.scoring import plain
from services.workflow.domain.stages import Stage
from services.workflow.models import Declaration, LedgerEntry
from services.workflow.queries.declaration_page import STATES, Line, Sheet, parent_name, town_name
from services.workflow.web.deadlines import Today
from services.workflow.web.section_form import plain_text
from services.workflow.wording.gaps import gap_sentence

Row = dict[str, Any]
ORDINALS: tuple[Promise, ...] = (
    pgettext_lazy("number of an indicator", "1. "),
    pgettext_lazy("number of an indicator", "2. "),
    pgettext_lazy("number of an indicator", "3. "),
    pgettext_lazy("number of an indicator", "4. "),
    pgettext_lazy("number of an indicator", "5. "),
    pgettext_lazy("number of an indicator", "6. "),
    pgettext_lazy("number of an indicator", "7. "),
    pgettext_lazy("number of an indicator", "8. "),
    pgettext_lazy("number of an indicator", "9. "),
    pgettext_lazy("number of an indicator", "10. "),
)


def ordinal(number: int) -> str:
    return str(ORDINALS[number - 1]) if number <= len(ORDINALS) else f"{number}. "


def section_address(sheet: Sheet, line: Line) -> str:
    return reverse("section", args=[sheet.declaration.pk, line.criterion.code])


def task_list(sheet: Sheet, today: Today) -> Row:
    """What declaration.html shows."""
    standard, open_next = sheet.definition.standard, sheet.next_open
    missing = sheet.definition.pass_mark - sheet.total.points
    return {
        **about(sheet),
        "words": _words(sheet),
        "counts": [
            {"state": state, "n": n}
            for state in STATES
            if (n := sum(line.state == state for line in sheet.lines))
        ],
        "indicators": [_indicator(sheet, number, lines) for number, lines in grouped(sheet)],
        "own_total": sheet.total.points,
        "full_points": standard.total,
        "pass_mark": sheet.definition.pass_mark,
        "missing_points": missing if missing > 0 else None,
        # What was returned may come back after the edition has closed: only a draft has its last day by it.
        "due": today.until(sheet.edition.closes_at)
        if sheet.declaration.stage == Stage.DRAFT
        else today.of(sheet.declaration),
        "saved_at": sheet.saved_at,
        "editors": _editors(sheet),
        "gaps": gap_list(sheet) if sheet.may_edit else [],
        "next_criterion": {"code": open_next.criterion.code, "address": section_address(sheet, open_next)}
        if open_next
        else None,
        "case_address": reverse("case", args=[sheet.declaration.pk]),
        "check_address": reverse("check_answers", args=[sheet.declaration.pk]),
        "standard_words": standard_words(sheet),
        "may_edit": sheet.may_edit,
    }


def about(sheet: Sheet) -> Row:
    """What every page of a declaration begins with."""
    declaration = sheet.declaration
    leg = next_leg(sheet)
    return {
        "crumbs": [
            {"words": _("My work"), "address": "/"},
            {"words": sheet.edition.name, "address": reverse("declaration", args=[declaration.pk])},
        ],
        "declaration": {
            "id": declaration.pk,
            "unit_name": declaration.unit.name,
            "receipt_number": declaration.number,
        },
        "receiving_body": body_name(sheet, leg),
        "next_stage": leg.name,
    }


def next_leg(sheet: Sheet) -> Leg:
    """The leg that a filing goes to: the first on the route, or straight back to the one that asked."""
    declaration = sheet.declaration
    asked = declaration.return_leg if declaration.stage == Stage.RETURNED else None
    return sheet.definition.legs[asked or 1]


def body_name(sheet: Sheet, leg: Leg) -> str:
    return body_of(sheet.declaration, leg.body.unit, sheet.definition)


def body_of(declaration: Declaration, unit: str, definition: Any) -> str:
    """The name of a body of the route, as it stands for this unit."""
    if unit == "subject":
        return str(declaration.unit.name)
    if unit == "subject.town":
        return str(declaration.unit.town.name) if declaration.unit.town else ""
    if unit == PARENT:
        return str(declaration.parent.name) if declaration.parent else ""
    return str(definition.unit_name(unit))


def body_named(by: Actor, unit: str, definition: Any) -> str:
    """The same before there is a declaration, for the unit that is about to begin one."""
    if unit == "subject.town":
        return town_name(by)
    if unit == PARENT:
        return parent_name(by)
    return by.unit_name if unit == "subject" else str(definition.unit_name(unit))


def _words(sheet: Sheet) -> str:
    standard = sheet.definition.standard
    facts = {
        "indicators": len(standard.indicators),
        "criteria": len(sheet.lines),
        "full": plain(standard.total),
        "mark": plain(sheet.definition.pass_mark),
    }
    whole = _("%(indicators)s indicators, %(criteria)s criteria, %(full)s points in full, %(mark)s to pass.")
    words = whole % facts
    return f"{words}{_('You may fill it in bit by bit; it saves itself.')}" if sheet.may_edit else words


def grouped(sheet: Sheet) -> Iterator[tuple[int, list[Line]]]:
    """The lines by indicator, numbered from 1."""
    groups = groupby(sheet.lines, key=lambda line: line.indicator.code)
    for number, (_code, lines) in enumerate(groups, start=1):
        yield number, list(lines)


def _indicator(sheet: Sheet, number: int, lines: list[Line]) -> Row:
    given = [line.points for line in lines if line.points is not None]
    return {
        "number_words": ordinal(number),
        "name": lines[0].indicator.name,
        "done": sum(line.state == "done" for line in lines),
        "total": len(lines),
        "points": sum(given) if given else None,
        "maximum": sum(line.criterion.points for line in lines),
        "criteria": [_criterion(sheet, line) for line in lines],
    }


def _criterion(sheet: Sheet, line: Line) -> Row:
    return {
        "code": line.criterion.code,
        "name": line.criterion.name,
        "address": section_address(sheet, line),
        "state": line.state,
        "points": line.points,
        "maximum": line.criterion.points,
        "why": gap_words(line) if line.state == "to_correct" else "",
        "example": line.criterion.example or line.indicator.example,
    }


def gap_words(line: Line) -> str:
    return "；".join(gap_sentence(gap) for gap in line.gaps if gap.blocks)


def gap_list(sheet: Sheet) -> list[Row]:
    """The gaps beside the list, in the same words as under the rows; those not begun stand in one line."""
    begun = [line for line in sheet.lines if line.state in {"to_correct", "under_way"}]
    rows = [
        {
            "address": section_address(sheet, line),
            "words": f"{line.criterion.code} {line.criterion.name}",
            "why": gap_words(line),
        }
        for line in begun
    ]
    left = [line for line in sheet.lines if line.state == "not_begun"]
    if left:
        words = ngettext("%(n)d criterion not filled in", "%(n)d criteria not filled in", len(left))
        codes = "、".join(line.criterion.code for line in left)
        rows.append(
            {"address": section_address(sheet, left[0]), "words": words % {"n": len(left)}, "why": codes}
        )
    return rows


def _editors(sheet: Sheet) -> str:
    names = sorted({line.answer.saved_by.name for line in sheet.lines if line.answer})
    return _("Filled in by %(names)s") % {"names": "、".join(names)} if names else ""


def standard_words(sheet: Sheet) -> str:
    """Where the text of the standard comes from: said on the page wherever it was invented."""
    examples = [line for line in sheet.lines if line.criterion.example or line.indicator.example]
    if not examples:
        return ""
    words = _(
        "%(own)s criteria stand in the programme's document; the other %(n)s are examples for demonstration."
    )
    return words % {"own": len(sheet.lines) - len(examples), "n": len(examples)}


def answers_shown(sheet: Sheet) -> list[Row]:
    """Everything that was answered, to be read through before filing."""
    return [
        {
            "number_words": ordinal(number),
            "name": lines[0].indicator.name,
            "points": sum((line.points for line in lines if line.points is not None), start=0) or None,
            "maximum": sum(line.criterion.points for line in lines),
            "answers": [_answer(sheet, line) for line in lines],
        }
        for number, lines in grouped(sheet)
    ]


def _answer(sheet: Sheet, line: Line) -> Row:
    words = [figures_words(line), line.answer.statement if line.answer else ""]
    if line.answer and line.answer.not_applicable:
        words.insert(0, _("Does not apply"))
    return {
        "code": line.criterion.code,
        "name": line.criterion.name,
        "example": line.criterion.example or line.indicator.example,
        "points": line.points,
        "maximum": line.criterion.points,
        "words": "；".join(word for word in words if word),
        "files": [file.name for file in line.files],
        "change_address": section_address(sheet, line),
        "why": gap_words(line),
    }


def figures_words(line: Line) -> str:
    """The figures of an answer as one line."""
    given = line.answer.figures if line.answer else {}
    words = []
    for measure in line.criterion.measures:
        parts = {name: plain_text(value) for name, value in given.get(measure.code, {}).items()}
        if "value" in parts:
            words.append(f"{measure.name} {parts['value']}{measure.unit}")
        elif parts:
            words.append(f"{measure.name} {parts.get('numerator', '—')}/{parts.get('denominator', '—')}")
    return "；".join(words)


def return_shown(entry: LedgerEntry | None) -> Row | None:
    """Who returned it, when, and what is to be corrected."""
    if entry is None or entry.office is None:
        return None
    reason = getattr(entry, "reason", None)
    return {
        "asked_by": f"{entry.office.unit.name} {entry.office.name}",
        "at": entry.at,
        "opinion": reason.text if reason else "",
    }
