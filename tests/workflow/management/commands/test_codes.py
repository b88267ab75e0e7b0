"""`manage.py codes`."""

from io import StringIO

from django.core.management import call_command

from services.workflow.wording.codes import codes_page


def test_it_prints_the_page_and_nothing_else():
    said = StringIO()

    call_command("codes", stdout=said)

    assert said.getvalue() == codes_page()
