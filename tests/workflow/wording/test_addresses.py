"""Where each kind of work is worked on."""

import pytest
from django.urls import Resolver404, resolve

from services.workflow.wording.addresses import PAGES, act_of, notice_new, page_of, side_act_of, slate_new


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_every_kind_of_work_has_a_page(kind):
    assert list(resolve(page_of(kind, 7)).kwargs.values()) == [7]


def test_acts_and_lists_have_theirs():
    found = [resolve(path.partition("?")[0]).url_name for path in (slate_new(1, 2), notice_new(1))]

    assert (found, resolve(act_of("declaration", 7, "endorse")).url_name) == (
        ["slate_new", "notice_new"],
        "act",
    )


def test_an_act_beside_the_steps_has_its_own():
    found = resolve(side_act_of("round_task", 7, "urge"))

    assert (found.url_name, found.kwargs) == ("work_act", {"kind": "round_task", "number": 7, "act": "urge"})


def test_nothing_else_is_answered():
    with pytest.raises(Resolver404):
        resolve("/admin/")
