"""Addresses of joint work: slates, tasks, notices behind the log-in, objections, supervision, documents."""

from django.urls import path

from services.workflow.web import (
    certificates,
    documents,
    draws,
    honour_notices,
    honours,
    minutes,
    notice_files,
    notices,
    objections,
    paper_votes,
    rectifications,
    round_acts,
    slates,
    supervision,
    tasks,
)

urlpatterns = [
    path("editions/<int:edition_id>/slates/new", slates.slate_new, name="slate_new"),
    path("editions/<int:edition_id>/draws", draws.draws, name="draws"),
    path("slates/<int:slate_id>", slates.slate, name="slate"),
    path("slates/<int:slate_id>/body", slates.slate_body, name="slate_body"),
    path("slates/<int:slate_id>/close", slates.slate_close, name="slate_close"),
    path("slates/<int:slate_id>/again", slates.slate_again, name="slate_again"),
    path("slates/<int:slate_id>/flow.svg", round_acts.flow_picture, name="slate_flow"),
    path("slates/<int:slate_id>/count", paper_votes.count, name="slate_count"),
    path("slates/<int:slate_id>/confirm", paper_votes.confirm, name="slate_confirm"),
    path("slates/<int:slate_id>/sheet", paper_votes.sheet, name="slate_sheet"),
    path("slates/<int:slate_id>/minutes", minutes.minutes, name="slate_minutes"),
    path("slates/<int:slate_id>/minutes.docx", minutes.minutes_word, name="slate_minutes_docx"),
    path("slates/<int:slate_id>/minutes.pdf", minutes.minutes_pdf, name="slate_minutes_pdf"),
    *(
        path(f"slates/<int:slate_id>/{name}", round_acts.act, {"name": name}, name=f"slate_{name}")
        for name in ("extend", "remind", "add", "cancel")
    ),
    *(
        path(
            f"slates/<int:slate_id>/{name}/<int:subject>",
            round_acts.act,
            {"name": name},
            name=f"slate_{name}",
        )
        for name in ("strike", "remove")
    ),
    path("tasks/<int:task_id>/add", round_acts.cosign, name="task_add"),
    path("tasks/<int:task_id>/late", round_acts.late, name="task_late"),
    path("tasks/<int:task_id>", tasks.task, name="task"),
    path("tasks/<int:task_id>/standing", tasks.standing, name="task_standing"),
    path("tasks/<int:task_id>/points", tasks.points, name="task_points"),
    path("tasks/<int:task_id>/figures.xlsx", tasks.figures_template, name="task_figures_template"),
    path("tasks/<int:task_id>/figures", tasks.figures, name="task_figures"),
    path("tasks/<int:task_id>/recuse/<int:line_id>", tasks.recuse, name="task_recuse"),
    path("editions/<int:edition_id>/notices/new", notices.notice_new, name="notice_new"),
    path(
        "editions/<int:edition_id>/notices/of-<slug:subject>",
        honour_notices.honour_notice,
        name="honour_notice",
    ),
    path("notices/<int:notice_id>/edit", notices.notice_edit, name="notice_edit"),
    path("notices/<int:notice_id>/edit/preview", notices.preview, name="notice_preview"),
    path("notices/<int:notice_id>/edit/objection", objections.objection_entry, name="objection_entry"),
    path("notices/<int:notice_id>/edit/files", notice_files.notice_attach, name="notice_attach"),
    path("notices/<int:notice_id>/edit/<slug:step>", notices.notice_step, name="notice_step"),
    path("objections/<int:objection_id>", objections.objection, name="objection"),
    path("objections/<int:objection_id>/letter", objections.letter, name="objection_letter"),
    path("objections/<int:objection_id>/identity", objections.identity, name="objection_identity"),
    path("objections/<int:objection_id>/<slug:step>", objections.objection, name="objection_step"),
    path("supervision", supervision.supervision, name="supervision"),
    path("honours/<int:honour_id>", honours.honour, name="honour"),
    path("honours/<int:honour_id>/<slug:step>", honours.honour_step, name="honour_step"),
    path("rectifications/<int:rectification_id>", rectifications.rectification, name="rectification"),
    path("rectifications/<int:rectification_id>/order.pdf", rectifications.order, name="rectification_order"),
    path(
        "rectifications/<int:rectification_id>/<slug:step>",
        rectifications.rectification,
        name="rectification_step",
    ),
    path("documents", documents.documents, name="documents"),
    path("documents/<int:document_id>.docx", certificates.document_word, name="document_word"),
    path("notices/<int:notice_id>.docx", certificates.notice_word, name="notice_word"),
    path("honours/<int:honour_id>/certificate.pdf", certificates.certificate, name="certificate"),
    path("honours/<int:honour_id>/plaque.pdf", certificates.plaque, name="plaque"),
    path("honours/<int:honour_id>/certificate.docx", certificates.certificate_word, name="certificate_word"),
    path("honours/<int:honour_id>/plaque.docx", certificates.plaque_word, name="plaque_word"),
]
