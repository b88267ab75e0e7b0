"""Mail by SMTP, or into a folder in the demo; text with a simple HTML form beside it."""

import smtplib
import ssl
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from services.workflow.commands.deliveries import Failure, Result
from services.workflow.jobs.outgoing import Unreachable

PERMANENT = 500


@dataclass(frozen=True)
class Mail:
    subject: str
    text: str
    html: str


def send_mail(address: str, mail: Mail, number: int) -> Result:
    """One letter. The same delivery always has the same Message-ID, so a repetition can be known as one."""
    receipt = f"<laurel-{number}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('> ')}>"
    link = get_connection()
    message = EmailMultiAlternatives(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        to=[address],
        headers={"Message-ID": receipt, "Auto-Submitted": "auto-generated"},
        connection=link,
    )
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = max((code for code, _ in error.recipients.values()), default=PERMANENT)
        return Result(Failure.REFUSED if code >= PERMANENT else Failure.LATER, f"SMTP {code}")
    except smtplib.SMTPDataError as error:
        permanent = error.smtp_code >= PERMANENT
        return Result(Failure.REFUSED if permanent else Failure.LATER, f"SMTP {error.smtp_code}")
    except smtplib.SMTPResponseException as error:
        return Result(Failure.REST, f"SMTP {error.smtp_code}")
    except ssl.SSLCertVerificationError as error:
        raise Unreachable(f"certificate not accepted: {error.verify_message}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"mail server: {type(error).__name__}") from error
    finally:
        link.close()  # Django leaves it open where the greeting already failed
    return Result(answer="taken", receipt=receipt)
