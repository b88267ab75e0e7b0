"""Mail into the demo's folder and over SMTP."""

import pytest

from services.workflow.commands.deliveries import Failure
from services.workflow.jobs.mail import Mail, send_mail
from services.workflow.jobs.outgoing import Unreachable

MAIL = Mail("桂冠 · 待办", "正文\n", "<p>正文</p>")


def test_the_demo_keeps_its_mail_in_a_folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"

    result = send_mail("zhang@example.cn", MAIL, 7)

    (letter,) = (tmp_path / "outbox").iterdir()
    assert result.failure is None and "To: zhang@example.cn" in letter.read_text()


def test_text_and_html_go_out_with_an_id_that_stays(mail_server, settings):
    settings.DEFAULT_FROM_EMAIL = "桂冠 <laurel@yunling.gov.cn>"

    receipts = {send_mail("zhang@example.cn", MAIL, 7).receipt for _ in range(2)}

    letter = mail_server.letters[0]
    assert receipts == {"<laurel-7@yunling.gov.cn>"} == {letter["Message-ID"]}
    assert (mail_server.text().strip(), mail_server.html().strip()) == ("正文", "<p>正文</p>")
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_line_break_in_a_subject_brings_no_header(mail_server):
    send_mail("zhang@example.cn", Mail("甲\nBcc: evil@example.cn", "t", "t"), 7)

    assert mail_server.recipients == [["zhang@example.cn"]] and mail_server.letters[0]["Bcc"] is None


@pytest.mark.parametrize(
    ("answer", "failure"), [("550 unknown", Failure.REFUSED), ("451 later", Failure.LATER)]
)
def test_a_recipient_that_is_refused_is_that_letters_trouble(mail_server, answer, failure):
    mail_server.refuse["gone@example.cn"] = answer

    assert send_mail("gone@example.cn", MAIL, 7).failure == failure


def test_a_server_without_tls_is_not_spoken_to_where_tls_is_asked_for(mail_server, settings):
    settings.EMAIL_USE_TLS = True

    with pytest.raises(Unreachable, match="mail server"):
        send_mail("zhang@example.cn", MAIL, 7)

    assert mail_server.letters == []
