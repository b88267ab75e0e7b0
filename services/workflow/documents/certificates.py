"""Certificates and plaques of honours, in the name of the bodies that issued the decision. The wording is our own."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from services.workflow.documents.making import kept_or_made
from services.workflow.documents.papers import Certificate, Plaque
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import LIVE_HONOUR
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.notice_legs import has_examples


def certificate_pdf(honour: Any) -> bytes:
    """The certificate as PDF/A, always the same one. Refused: document.no_file for a title that is held no more."""
    return kept_or_made(certificate_of(honour))


def plaque_pdf(honour: Any) -> bytes:
    """The text of the plaque as PDF/A. Refused: as above."""
    return kept_or_made(plaque_of(honour))


def certificate_of(honour: Any) -> Certificate:
    """荣誉证书: who holds what since when, by whose decision, with the number and address in the register."""
    _check_held(honour)
    by = f"，根据{honour.resolution.number}文件" if honour.resolution else ""
    return Certificate(
        holder=honour.unit.name,
        honour=_title(honour),
        text=f"在{honour.edition.year}年度创建工作中成绩显著{by}，特授予：",
        issuers=_issuers(honour),
        honour_number=honour.number,
        register_url=_address(honour),
        dated=honour.conferred_on,
        example=has_examples(honour.earned_under_id),
    )


def plaque_of(honour: Any) -> Plaque:
    """牌匾: the title, who issued it, when."""
    _check_held(honour)
    return Plaque(
        honour=_title(honour),
        holder=honour.unit.name,
        issuers=_issuers(honour),
        honour_number=honour.number,
        register_url=_address(honour),
        dated=honour.conferred_on,
        example=has_examples(honour.earned_under_id),
    )


def _check_held(honour: Any) -> None:
    if honour.status not in LIVE_HONOUR:
        raise Refused("document.no_file")


def _title(honour: Any) -> str:
    return f"{honour.title}（{honour.level}）" if honour.level else str(honour.title)


def _issuers(honour: Any) -> tuple[str, ...]:
    issued: Iterable[str] = honour.resolution.paper["issuers"] if honour.resolution else ()
    return tuple(issued) or tuple(definition_of(honour.earned_under_id).issuers)


def _address(honour: Any) -> str:
    return f"{settings.PUBLIC_ORIGIN.split(',')[0]}/register/{honour.number}"
