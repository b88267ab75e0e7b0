"""What every working page shows beside its own."""

from tests.workflow import cast
from tests.workflow.web.desk import Desk


def test_a_page_names_person_unit_place_and_what_waits(d):
    shown = Desk("songxi").get("/editions").text

    assert "songxi・songxi社区" in shown and "yunling社区荣誉评审" in shown
    assert 'data-badge="inbox">1<' in shown


def test_a_page_was_read_at_or_after_the_place_it_follows_from(d):
    before = place(Desk("songxi").get("/"))
    cast.file(d, "idle")
    after = place(Desk("songxi").get("/"))

    assert before <= after


def place(page):
    cursor = page.text.partition('data-live-since="')[2].partition('"')[0]
    return tuple(int(part) for part in cursor.rsplit(".", 2)[1:])


def test_each_form_has_a_key_of_its_own(d):
    keys = {key(Desk("songxi").get(f"/cases/{d.cases['preliminary']}/endorse")) for _ in range(2)}

    assert len(keys) == 2 and "" not in keys


def key(page):
    return page.text.partition('name="key" value="')[2].partition('"')[0]
