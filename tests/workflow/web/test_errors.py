"""Pages for what goes wrong."""

import logging

import pytest
from django.test import Client, RequestFactory

from services.workflow.domain.refused import Refused
from services.workflow.web import errors
from tests.workflow.web.desk import BACKEND, Desk, words


@pytest.mark.parametrize(
    ("code", "status"),
    [("overtaken", 409), ("case.not_found", 404), ("step.not_yours", 403), ("request.malformed", 400),
     ("notice.empty", 422), ("busy", 503)],
)  # fmt: skip
def test_a_refusal_without_a_form_becomes_a_page_with_its_status(code, status):
    answer = errors.refused(RequestFactory().get("/"), Refused(code))

    assert answer.status_code == status


def test_nothing_here_leads_back_to_the_start(d):
    answer = Desk("songxi").get("/nowhere")

    assert (answer.status_code, 'href="/"' in answer.text) == (404, True)


def test_a_fault_of_ours_shows_the_number_that_the_log_keeps(d, monkeypatch, caplog):
    def fail(request):
        raise RuntimeError("broken")

    monkeypatch.setattr("services.workflow.web.errors.refused", fail)
    monkeypatch.setattr("services.workflow.web.inbox.follow", fail)
    with caplog.at_level(logging.ERROR, "laurel.errors"):
        answer = Desk("songxi").get("/")

    [record] = [r for r in caplog.records if r.name == "laurel.errors"]
    assert (answer.status_code, record.args[0] in answer.text, "broken" in answer.text) == (500, True, False)


def test_a_form_without_its_token_is_refused_with_words(d):
    client = Client(enforce_csrf_checks=True)
    from services.workflow.models import Member  # app ready

    client.force_login(Member.objects.get(username="songxi"), backend=BACKEND)
    answer = client.post("/account", {"office": "1"})

    assert (answer.status_code, "request.csrf" in words(answer)) == (403, True)


@pytest.mark.parametrize(
    ("who", "address", "told"),
    [("office", "/administration/refused", True), ("songxi", "/editions/new", False)],
)
def test_a_page_of_certain_roles_names_them(d, who, address, told):
    page = Desk(who).get(address)

    assert (page.status_code, "办理此页需要的角色：审计管理员。" in words(page)) == (403, told)
