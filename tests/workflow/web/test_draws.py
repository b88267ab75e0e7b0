"""The page of spot checks."""

from services.workflow.queries import draws
from tests.workflow.queries.test_draws import edition
from tests.workflow.web.desk import Desk, words

__all__ = ["edition"]


def test_the_page_tells_the_digest_and_each_case(d, edition):
    shown = words(Desk("office").get(f"/editions/{edition.pk}/draws"))

    assert draws.seed_told(edition)["draw_seed_sha256"] in shown
    assert "抽查" in shown and "尚未公布" in shown and edition.draw_seed not in shown


def test_an_edition_without_draws_says_so_and_a_foreign_one_is_not_found(d):
    assert "没有抽查" in words(Desk("office").get(f"/editions/{d.edition}/draws"))
    assert Desk("office").get("/editions/999999/draws").status_code == 404
