"""The addresses of programmes, their drafts and their versions."""

from django.urls import path

from services.workflow.web import programmes
from services.workflow.web.designer import files, moving, pages, trying, versions, writing

DRAFT = "programmes/drafts/<int:draft_id>"
PROGRAMME = "programmes/<int:programme_id>"

urlpatterns = [
    path("cases/<int:case_id>/change-version", moving.change_version, name="change_version"),
    path("programmes", pages.programmes, name="programmes"),
    path("programmes/drafts/new", pages.draft_new, name="draft_new"),
    path("programmes/drafts/import", files.draft_from_file, name="draft_from_file"),
    path("programmes/rounds/<slug:mode>.bpmn", files.round_bpmn, name="round_bpmn"),
    path(DRAFT, pages.draft, name="draft"),
    path(f"{DRAFT}/check", pages.draft_check, name="draft_check"),
    path(f"{DRAFT}/try", trying.draft_try, name="draft_try"),
    path(f"{DRAFT}/publish", pages.draft_publish, name="draft_publish"),
    path(f"{DRAFT}/discard", pages.draft_discard, name="draft_discard"),
    path(f"{DRAFT}/programme.toml", files.draft_toml, name="draft_toml"),
    path(f"{DRAFT}/route.svg", files.draft_svg, name="draft_svg"),
    path(f"{DRAFT}/standard.xlsx", files.draft_workbook, name="draft_workbook"),
    path(f"{DRAFT}/parts/<str:place>", writing.part, name="draft_part"),
    path(f"{DRAFT}/parts/<str:place>/save", writing.save_part, name="draft_save"),
    path(PROGRAMME, programmes.programme, name="programme"),
    path(f"{PROGRAMME}/draft", pages.draft_next, name="draft_next"),
    path(f"{PROGRAMME}/versions", versions.versions, name="versions"),
    path(
        f"{PROGRAMME}/versions/<int:number>/difference",
        versions.version_difference,
        name="version_difference",
    ),
    path(f"{PROGRAMME}/versions/<int:number>/programme.toml", versions.version_toml, name="version_toml"),
    path(f"{PROGRAMME}/versions/<int:number>/route.svg", versions.version_svg, name="version_svg"),
    path(f"{PROGRAMME}/<slug:step>", programmes.programme_step, name="programme_step"),
]
