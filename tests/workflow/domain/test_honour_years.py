from services.workflow.domain.honour_years import HonourYear, Taken, years_of


def test_each_year_tells_its_gravest_step_and_where_the_title_stood_at_its_end() -> None:
    taken = [
        Taken(2027, "create", "held"),
        Taken(2029, "open_rereview", "under_review"),
        Taken(2029, "warn", "warned"),
        Taken(2030, "order_rectification", "rectifying"),
        Taken(2030, "retain", "held"),
    ]

    assert years_of(taken, 2031) == (
        HonourYear(2027, "create", "held"),
        HonourYear(2028, "", "held"),
        HonourYear(2029, "warn", "warned"),
        HonourYear(2030, "order_rectification", "held"),
        HonourYear(2031, "", "held"),
    )


def test_a_title_that_ended_has_no_more_years() -> None:
    taken = [Taken(2027, "create", "held"), Taken(2028, "relinquish", "relinquished")]

    assert [one.year for one in years_of(taken, 2035)] == [2027, 2028]


def test_ten_years_are_shown() -> None:
    assert [one.year for one in years_of([Taken(2010, "create", "held")], 2026)] == list(range(2017, 2027))
