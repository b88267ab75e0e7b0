"""PDFs signed with the office's certificate, where SIGNING_PKCS12 names one: PAdES (B-B) by pyHanko.

The signature is added behind the file, whose own bytes stay; it has no picture, so PDF/A is kept. The moment that it
tells is put in by pyHanko, from this computer's clock; it decides nothing here.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from services.workflow.domain.refused import Refused

FIELD = "Signature"
DIGEST = "sha256"
BESIDE_CERTIFICATES = 4096


@dataclass(frozen=True)
class Seal:
    """A certificate that signs, and until when."""

    subject: str
    begins: datetime
    ends: datetime


def signs() -> bool:
    """Whether a certificate is named to sign with."""
    return settings.SIGNING_PKCS12 is not None


def signed(pdf: bytes, *, at: datetime) -> bytes:
    """The PDF with a signature behind it.

    Refused: document.not_signed, where the file cannot be opened or its certificate is not valid at this moment.
    """
    path: Path | None = settings.SIGNING_PKCS12
    assert path is not None
    try:
        content, password = path.read_bytes(), settings.SIGNING_PASSWORD
        _check_valid(seal_of(content, password), at)
        return _sign(pdf, _signer(content, password))
    except OSError as error:
        raise Refused(
            "document.not_signed", reason=error.strerror
        ) from error  # its path is nobody's business
    except ValueError as error:
        raise Refused("document.not_signed", reason=str(error)) from error


def seal_of(content: bytes, password: str) -> Seal:
    """Who signs by this PKCS#12 file, and until when. ValueError where it cannot be opened or holds no key."""
    key, certificate, _ = pkcs12.load_key_and_certificates(content, password.encode() or None)
    if key is None or certificate is None:
        raise ValueError("the PKCS#12 file has no key with its certificate")
    return Seal(_name(certificate), certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def _name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _check_valid(seal: Seal, at: datetime) -> None:
    if not seal.begins <= at <= seal.ends:
        raise ValueError(f"{seal.subject}: {seal.begins:%Y-%m-%d} – {seal.ends:%Y-%m-%d}")


@lru_cache(maxsize=2)
def _signer(content: bytes, password: str) -> Any:
    """Opening the file takes as long as signing: its key is made slow against guessing."""
    from pyhanko.sign.signers import SimpleSigner  # slow import

    signer = SimpleSigner.load_pkcs12_data(content, [], passphrase=password.encode() or None)
    if signer is None:
        raise ValueError("the PKCS#12 file cannot be opened")
    return signer


def _sign(pdf: bytes, signer: Any) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # slow import
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # slow import
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf  # slow import

    class Behind(IncrementalPdfFileWriter):
        """pyHanko would write the XMP anew, in a form of its own: what PDF/A says there has to stay as it is."""

        def _update_meta(self) -> None:
            pass

    how = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,  # whatever is added behind it is told as a change
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    behind = Behind(io.BytesIO(pdf))
    target: io.BytesIO = sign_pdf(behind, how, signer, bytes_reserved=_room(signer))
    return target.getvalue()


def _room(signer: Any) -> int:
    """Hexadecimal figures kept free for the signature: told beforehand, nothing has to be signed to measure it."""
    told = {signer.signing_cert.dump(), *(one.dump() for one in signer.cert_registry)}
    return 2 * (sum(map(len, told)) + BESIDE_CERTIFICATES)
