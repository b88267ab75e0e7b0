"""Titles that no notice has told of yet."""

from uuid import uuid4

from services.workflow.commands.honour_notices import announce_honours
from services.workflow.domain.stages import NoticeSubject
from services.workflow.queries.honour_notices import told_already, untold
from tests.workflow.cast import District


def test_a_title_is_told_of_once_and_by_its_host(d: District) -> None:
    office, about = d.people["office"], NoticeSubject.RESULTS
    before = [one.pk for one in untold(d.edition, about, office)]
    announce_honours(
        d.edition, [d.honour.pk], subject="results", title="公示", text="现予公示", by=office, key=uuid4()
    )

    assert before == [d.honour.pk]
    assert untold(d.edition, about, office) == []
    assert told_already(d.edition, about) == {d.cases["held"]}
    assert untold(d.edition, about, d.people["committee1"]) == []
    assert untold(d.edition, NoticeSubject.REVOCATION, office) == []
