"""Rows of the lists beside the inbox: what was handled, what was set going."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.workflow.queries.copied import Copied
from services.workflow.queries.own_work import Piece
from services.workflow.web.inbox_shown import ICONS
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import mode_label, status_label, verdict_label
from services.workflow.wording.steps import step_label

Row = dict[str, Any]


def piece_row(piece: Piece) -> Row:
    """One row, only to look at."""
    return {
        "icon": ICONS.get(piece.kind, "list-ol"),
        "title": _title(piece),
        "address": page_of(piece.kind, piece.id),
        "fact": _fact(piece),
        "programme": piece.edition,
        "stage": _place(piece),
        "sent": piece.at,
        "due": None,
        "undated": True,
        "is_act": False,
        "tickable": False,
        "tags": [],
    }


def copy_row(copied: Copied) -> Row:
    """A copy; one not opened yet says so."""
    new = {"tone": "soon", "icon": "envelope", "words": pgettext("tag of a copy", "unread")}
    sent = _("from %(name)s") % {"name": copied.sender}
    return {
        **piece_row(copied.piece),
        "address": f"/copies/{copied.copy}",
        "fact": f"{sent}　{copied.note}" if copied.note else sent,
        "tags": [] if copied.seen else [new],
    }


def _title(piece: Piece) -> str:
    if piece.kind == "round_task" and piece.title:
        return f"{piece.title}・{mode_label(piece.place)}"
    if piece.kind in {"round_task", "slate"}:
        return _("Slate %(n)s") % {"n": piece.number} + f"・{mode_label(piece.place)}"
    return piece.title


def _place(piece: Piece) -> str:
    if piece.kind in {"round_task", "slate"}:
        return mode_label(piece.place)
    return status_label(piece.kind, piece.place)


def _fact(piece: Piece) -> str:
    if piece.kind == "round_task":
        return verdict_label(piece.step)
    words = [step_label(piece.kind, piece.step) if piece.step else "", piece.number]
    return "　".join(word for word in words if word and piece.kind != "slate")
