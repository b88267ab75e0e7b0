"""A year played by the real commands."""

from services.workflow.management.simulation.counting import count
from services.workflow.management.simulation.running import FIRST_YEAR
from services.workflow.models import CalendarYear, Declaration, Honour
from services.workflow.queries.clock import now


def test_a_year_ends_with_titles_and_nothing_violated(run):
    counted = count(range(FIRST_YEAR, FIRST_YEAR + 1))
    year = counted.years[FIRST_YEAR]

    assert counted.violated == ()
    assert (
        year["declared"]
        == Declaration.objects.exclude(filed_at=None).filter(edition__year=FIRST_YEAR).count()
    )
    assert year["named"] == Honour.objects.filter(edition__year=FIRST_YEAR).count() > 0
    filed = sum(each["declared"] for each in counted.years.values())
    assert counted.flow["declaration", "draft", "preliminary_review"] == filed


def test_the_clock_has_gone_through_the_years_on_an_invented_calendar(run):
    last = now().year

    assert last > FIRST_YEAR
    assert CalendarYear.objects.get(year=FIRST_YEAR).source.startswith("示例")
