"""The system administrator's endpoints."""

import re

import pytest

from services.workflow.models import Delivery, Endpoint
from tests.workflow.web.desk import Desk, summary, words

PAGE = "/administration/endpoints"
HOOK = {
    "kind": "webhook",
    "name": "档案系统",
    "url": "https://receiver.example/hooks?token=t0ken",
    "kinds": ["work"],
}


@pytest.fixture
def made(d):
    fields = {**HOOK, "unit": str(d.units["office"]), "role": "office"}
    answer = Desk("system-admin").send(PAGE, **fields)
    assert answer.status_code == 302, summary(answer)
    return answer["Location"]


@pytest.mark.parametrize("who", ["office", "security-admin", "songxi"])
def test_the_pages_are_the_system_administrators(d, who):
    assert Desk(who).get(PAGE).status_code == 403
    assert PAGE not in Desk(who).get("/").text and f'href="{PAGE}"' in Desk("system-admin").get("/").text


def test_an_endpoint_is_made_and_listed_without_its_secret(made):
    shown = Desk("system-admin").get(PAGE)

    assert "档案系统" in words(shown) and "https://receiver.example/hooks" in words(shown)
    assert "t0ken" not in shown.text and "whsec_" not in shown.text


def test_a_wrong_address_is_said_beside_its_field(d):
    answer = Desk("system-admin").send(PAGE, **{**HOOK, "url": "https://10.0.0.1/"})

    assert answer.status_code == 422 and "内部网络" in summary(answer)[0] and 'href="#id_url"' in answer.text


def test_the_secret_is_shown_when_asked_for_and_changed(made):
    desk = Desk("system-admin")

    found = [re.findall(r"whsec_[\w+/=]+", desk.send(made, act=act).text) for act in ("secret", "rotate")]

    assert len(found[0]) == len(found[1]) == 1 and found[0] != found[1]
    assert "whsec_" not in desk.get(made).text


def test_it_is_tried_switched_off_and_removed(made):
    desk = Desk("system-admin")

    desk.send(made, act="try")
    desk.send(made, act="switch")
    off = Endpoint.objects.get().active
    gone = desk.send(made, act="remove")

    assert (off, gone["Location"], desk.get(made).status_code) == (False, PAGE, 404)
    assert Delivery.objects.get().ended == "dropped"


def test_what_the_environment_sets_is_shown_without_secrets(d, settings):
    settings.SMS_URL, settings.SMS_TOKEN = "https://sms.example/send?key=k3y", "t0ken"

    shown = Desk("system-admin").get(PAGE).text

    assert "https://sms.example/send" in shown and "k3y" not in shown and "t0ken" not in shown
