"""Requests to addresses that others gave us: what is called, what is not, and for how long."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.workflow.jobs.outgoing import ANSWER_MOST, Forbidden, Unreachable, post
from tests.workflow.jobs.receivers import Receiver


def test_a_body_goes_out_and_the_answer_comes_back(receiver):
    reply = post(receiver.url + "?key=a", b"body", {"X-Own": "1"})

    assert (reply.status, receiver.calls[0].path, receiver.calls[0].body) == (200, "/hook?key=a", b"body")
    assert receiver.calls[0].headers["x-own"] == "1" and receiver.calls[0].headers["user-agent"] == "Laurel"


def test_this_machine_is_not_called_unless_the_site_allows_it(receiver, settings):
    settings.DELIVERY_ALLOW = []

    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1"):
        with pytest.raises(Forbidden):
            post(receiver.url.replace("127.0.0.1", host), b"", {})

    assert receiver.calls == []


def test_a_redirect_is_an_answer_and_is_not_followed(receiver):
    receiver.status, receiver.headers = 302, {"Location": receiver.url}

    assert (post(receiver.url, b"", {}).status, len(receiver.calls)) == (302, 1)


def test_of_a_long_answer_only_the_beginning_is_read(receiver):
    receiver.answer = b"x" * 1_000_000

    assert len(post(receiver.url, b"", {}).body) == ANSWER_MOST


@pytest.fixture
def dripping() -> Iterator[str]:
    """Sends one byte of its answer every fifth of a second, for ever."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def drip() -> None:
        link, _ = listening.accept()
        with link:
            try:
                while not ended.wait(0.2):
                    link.sendall(b"H")
            except OSError:
                return

    thread = threading.Thread(target=drip)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    ended.set()
    thread.join()
    listening.close()


def test_a_receiver_that_drips_is_cut_off_in_time(dripping, settings):
    settings.DELIVERY_TIMEOUT_S = 1
    began = time.monotonic()

    with pytest.raises(Unreachable, match="timed out"):
        post(dripping, b"", {})

    assert 0.9 < time.monotonic() - began < 3


def test_nobody_there_is_told_without_the_address():
    with pytest.raises(Unreachable) as caught:
        post("http://127.0.0.1:9/secret-key", b"", {})

    assert str(caught.value) == "connection refused"


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[tuple[Receiver, Path]]:
    """A receiver with TLS, and the certificate that it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    born = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(born)
        .not_valid_after(born + dt.timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    with Receiver() as receiver:
        receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
        yield receiver, pem


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(certified):
    receiver, _ = certified

    with pytest.raises(Unreachable, match="certificate not accepted: self-signed certificate"):
        post(receiver.url.replace("http", "https"), b"", {})

    assert receiver.calls == []


def test_one_that_the_machine_trusts_is_accepted(certified, monkeypatch):
    receiver, pem = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))

    assert post(receiver.url.replace("http", "https"), b"", {}).status == 200


def test_one_of_another_name_is_not_accepted(certified, monkeypatch):
    receiver, pem = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))

    with pytest.raises(Unreachable, match="certificate not accepted"):
        post(receiver.url.replace("http://127.0.0.1", "https://localhost"), b"", {})
