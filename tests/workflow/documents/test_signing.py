"""Signed PDFs, by a real certificate made here and judged by pyHanko's own validation."""

import datetime as dt
import io
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from services.workflow.documents import making
from services.workflow.documents.papers import Paper
from services.workflow.documents.rendering import render
from services.workflow.documents.signing import FIELD, seal_of, signed
from services.workflow.domain.refused import Refused
from tests.workflow.documents import cast

if TYPE_CHECKING:
    from pyhanko.sign.validation.status import PdfSignatureStatus

NAME = "云岭区精神文明建设委员会办公室"
PASSWORD = "示例口令"
AT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


# Every process that runs tests reads this file: pyHanko is imported and keys are made where a test needs them.
@cache
def key_of(whom: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate(ends: int, whom: str = "office") -> x509.Certificate:
    """From the year 2020 to the first day of another."""
    key = key_of(whom)
    begins, ends_at = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2020, ends))
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(begins).not_valid_after(ends_at).add_extension(usage, critical=True)
    return builder.sign(key, hashes.SHA256())


def archive(one: x509.Certificate) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"seal", key_of("office"), one, None, BestAvailableEncryption(PASSWORD.encode())
    )


def valid() -> x509.Certificate:
    return certificate(2120)


@pytest.fixture
def seal(settings, tmp_path):
    settings.SIGNING_PKCS12, settings.SIGNING_PASSWORD = tmp_path / "seal.p12", PASSWORD
    settings.SIGNING_PKCS12.write_bytes(archive(valid()))
    return settings.SIGNING_PKCS12


def judged(pdf: bytes, trusted: x509.Certificate | None = None) -> "PdfSignatureStatus":
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert signature.field_name == FIELD
    root = asn1.Certificate.load((trusted or valid()).public_bytes(Encoding.DER))
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root], allow_fetching=False))


def sealed_of(paper: Paper) -> bytes:
    return signed(render(paper, shelf=cast.BARE), at=AT)


def test_a_signed_paper_is_valid_and_its_own_bytes_stay(seal):
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    pdf = render(cast.CERTIFICATE, shelf=cast.BARE)

    sealed = signed(pdf, at=AT)
    status = judged(sealed)

    assert sealed.startswith(pdf)
    assert (status.bottom_line, status.trusted, status.docmdp_ok) == (True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert NAME in status.signing_cert.subject.human_friendly


def test_a_signed_paper_is_still_pdf_a_and_reads_the_same(seal):
    pdf = render(cast.RESOLUTION, shelf=cast.BARE)
    before, after = (pypdf.PdfReader(io.BytesIO(content)) for content in (pdf, signed(pdf, at=AT)))

    def told(reader: pypdf.PdfReader) -> tuple[str, ...]:
        root: Any = reader.root_object  # of the last revision, the one that counts
        metadata = root["/Metadata"].get_object().get_data().decode()
        intent = root["/OutputIntents"][0].get_object()["/S"]
        return metadata, str(intent), *(page.extract_text() for page in reader.pages)

    assert told(after) == told(before)
    assert "<pdfaid:part>2" in told(after)[0] and "<pdfaid:conformance>B" in told(after)[0]
    # A field of no size needs no picture, must be printed and not hidden (ISO 19005-2, 6.3.2 and 6.3.3).
    form: Any = after.root_object["/AcroForm"]
    [field] = form["/Fields"]
    rectangle, flags = field.get_object()["/Rect"], int(field.get_object()["/F"])
    assert [float(side) for side in rectangle] == [0, 0, 0, 0]
    assert (flags & 4, flags & (1 | 2 | 32)) == (4, 0)
    assert "/NeedAppearances" not in form


def test_a_changed_byte_breaks_it(seal):
    sealed = bytearray(sealed_of(cast.CERTIFICATE))
    sealed[sealed.index(b"endstream") - 5] ^= 1

    status = judged(bytes(sealed))

    assert (status.intact, status.bottom_line) == (False, False)


def test_a_page_put_behind_it_is_told_as_a_change(seal):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(sealed_of(cast.CERTIFICATE)))
    writer.root["/Lang"] = writer.root["/Type"]
    writer.update_root()
    target = io.BytesIO()
    writer.write(target)

    status = judged(target.getvalue())

    assert (status.intact, status.bottom_line) == (True, False)


def test_another_ones_certificate_is_not_trusted(seal):
    sealed = sealed_of(cast.CERTIFICATE)

    assert not judged(sealed, certificate(2120, "another")).bottom_line


@pytest.mark.parametrize("spoil", ["password", "gone", "expired", "no archive"])
def test_what_cannot_sign_is_refused_and_nothing_goes_out_unsigned(seal, settings, spoil):
    if spoil == "password":
        settings.SIGNING_PASSWORD = "another"
    elif spoil == "gone":
        seal.unlink()
    else:
        seal.write_bytes(archive(certificate(2021)) if spoil == "expired" else b"no archive")

    with pytest.raises(Refused) as refused:
        signed(b"%PDF-", at=AT)

    assert refused.value.code == "document.not_signed"
    assert str(seal) not in str(refused.value.params)


def test_who_signs_and_until_when_is_told():
    told = seal_of(archive(valid()), PASSWORD)

    assert (told.subject, told.ends.year) == (NAME, 2120)


def test_a_paper_that_is_kept_is_signed_once_and_not_at_all_without_a_certificate(
    d, seal, settings, tmp_path
):
    settings.FILES_DIR = tmp_path / "files"
    first = making.kept_or_made(cast.CERTIFICATE)
    settings.SIGNING_PKCS12 = None

    assert judged(first).bottom_line
    assert making.kept_or_made(cast.CERTIFICATE) == first
    assert b"/ByteRange" not in making.kept_or_made(cast.PLAQUE)
