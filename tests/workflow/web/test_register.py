"""The public register: found by name and pinyin, each entry with its history, open data beside it."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from services.workflow.models import DocumentFile, Honour, Unit
from services.workflow.queries.notice_page import code_of, lines_of
from services.workflow.queries.register import public_notices
from services.workflow.wording.labels import status_label
from tests.workflow import cast
from tests.workflow.web.desk import Desk, words


@pytest.mark.parametrize(
    "path", ["/register", "/register/{}", "/register.csv", "/register.json", "/register.atom"]
)
def test_the_register_needs_no_log_in_and_sets_no_cookie(d, path):
    answer = Desk().get(path.format(d.honour.number))

    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert answer["Cache-Control"] == "public, s-maxage=5, stale-while-revalidate=60"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("held", True),
        ("gui yuan", True),
        ("guiyuan", True),
        ("SongXi", True),
        ("没有的社区", False),
        ("%", False),
    ],
)
def test_a_search_finds_by_name_and_pinyin_of_unit_and_town(d, asked, found):
    Unit.objects.filter(code="held").update(pinyin="gui yuan she qu")
    Unit.objects.filter(code="songxi").update(pinyin="song xi jie dao")

    shown = Desk().get(f"/register?q={asked}")

    assert (f"/register/{d.honour.number}" in shown.text) == found


@pytest.mark.parametrize(
    ("status", "found"), [("held", True), ("revoked", False), ("", True), ("nonsense", True)]
)
def test_a_state_narrows_the_list(d, status, found):
    assert (f"/register/{d.honour.number}" in Desk().get(f"/register?status={status}").text) == found


@pytest.mark.parametrize("copies", [0, 2])
def test_the_list_costs_the_same_with_one_honour_and_with_three(d, django_assert_num_queries, copies):
    for code in ("naming",) if copies else ():
        cast.forward(d, [d.cases[code]], "naming")

    with django_assert_num_queries(3):
        Desk().get("/register")


def test_an_entry_names_title_holder_number_and_basis_and_no_person(d):
    shown = words(Desk().get(f"/register/{d.honour.number}"))

    paper = DocumentFile.objects.get(kind="resolution")
    assert [
        part for part in ("held社区", d.honour.title, d.honour.number, paper.number) if part not in shown
    ] == []
    assert "office2" not in shown


def test_an_unknown_number_is_not_found(d):
    assert Desk().get("/register/SAMPLE-H-2026-9999").status_code == 404


def test_a_past_warning_stays_with_its_reason(d):
    by = d.people["office"]
    cast.take("honour", d.honour.pk, "open_rereview", by)
    cast.take("honour", d.honour.pk, "warn", by, reason="居务公开未按时更新")

    assert "居务公开未按时更新" in words(Desk().get(f"/register/{d.honour.number}"))


def test_a_code_of_verification_leads_to_its_notice(d):
    notice = public_notices().get(pk=d.notice)
    code = code_of(notice, lines_of(notice))

    assert Desk().get(f"/register?q={code.lower()}")["Location"] == f"/notices/{d.notice}"


def test_a_code_that_was_altered_leads_nowhere(d):
    notice = public_notices().get(pk=d.notice)
    code = code_of(notice, lines_of(notice))

    assert Desk().get(f"/register?q={code[:-1]}{'0' if code[-1] != '0' else '1'}").status_code == 200


def test_the_table_opens_in_a_spreadsheet_and_calculates_nothing(d):
    Unit.objects.filter(code="held").update(name="=1+1")
    content = Desk().get("/register.csv").content.decode()

    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    assert content[0] == "\ufeff"
    assert [(row["number"], row["unit"], row["status"]) for row in rows] == [
        (d.honour.number, "'=1+1", "held")
    ]


def test_the_data_say_the_same_as_the_page(d):
    rows = json.loads(Desk().get("/register.json").content)["honours"]
    one = json.loads(Desk().get(f"/register/{d.honour.number}.json").content)

    assert [row["number"] for row in rows] == [d.honour.number]
    assert (one["title"], one["conferred_on"]) == (d.honour.title, d.honour.conferred_on.isoformat())


def test_the_page_of_the_data_names_its_columns(d):
    page = words(Desk().get("/register/data"))

    assert "next_rereview_on 下次复评日期" in page and "held 保持" in page


def test_a_decision_is_public_and_any_other_paper_is_not(d):
    paper = DocumentFile.objects.get(kind="resolution")
    answer = Desk().get(f"/documents/{paper.pk}")
    DocumentFile.objects.filter(pk=paper.pk).update(kind="minutes")

    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert Desk().get(f"/documents/{paper.pk}").status_code == 404


def test_a_revoked_title_says_so_with_its_decision(d):
    by = d.people["office"]
    cast.take("honour", d.honour.pk, "open_rereview", by)
    cast.take("honour", d.honour.pk, "propose_revocation", by, reason="滑坡")
    cast.take("honour", d.honour.pk, "revoke", d.people["committee1"], reason="达不到标准")

    shown = words(Desk().get(f"/register/{Honour.objects.get().number}"))

    assert DocumentFile.objects.get(kind="revocation").number in shown
    assert "达不到标准" in shown


def test_the_feed_tells_of_a_change_with_its_moment_under_a_lasting_address(d):
    cast.take("honour", d.honour.pk, "open_rereview", d.people["office"])
    cast.take("honour", d.honour.pk, "warn", d.people["office"], reason="居务公开未按时更新")
    feed = ElementTree.fromstring(Desk().get("/register.atom").content)

    atom = "{http://www.w3.org/2005/Atom}"
    [entry] = feed.findall(f"{atom}entry")
    told = [entry.findtext(f"{atom}{name}") for name in ("updated", "summary")]
    assert told == [d.honour.since.isoformat(), status_label("honour", "warned")]
    assert (entry.findtext(f"{atom}id") or "").endswith(f"/register/{d.honour.number}")
