"""The cast in its database, and receivers on loopback."""

from collections.abc import Iterator

import pytest

from tests.workflow.databases import at_the_cast, built, committed, d, transactional_db
from tests.workflow.jobs.receivers import LOOPBACK, Inbox, MailServer, Receiver

__all__ = ["at_the_cast", "built", "committed", "d", "transactional_db"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


@pytest.fixture
def mail_server(settings) -> Iterator[Inbox]:
    """An SMTP server that the settings name."""
    with MailServer() as inbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.MAIL_BACKEND = "smtp"
        yield inbox


@pytest.fixture(autouse=True)
def loopback_allowed(settings) -> None:
    """Receivers of these tests lie on this machine; what is forbidden otherwise is tried in test_outgoing.py."""
    settings.DELIVERY_ALLOW = [LOOPBACK]
    settings.ROBOT_HOSTS = ["127.0.0.1"]
    settings.DELIVERY_BACKOFF_S = [60.0, 60.0, 60.0]
