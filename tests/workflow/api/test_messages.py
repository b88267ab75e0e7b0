"""Preferences, webhooks and deliveries by HTTP."""

import pytest

from services.workflow.models import Delivery
from tests.workflow.api.client import Api, code_of
from tests.workflow.cast import NOW


@pytest.fixture(autouse=True)
def mail_is_served(settings):
    settings.MAIL_BACKEND = "filebased"


def hook(d, **fields):
    return {
        "kind": "webhook", "name": "档案系统", "url": "https://receiver.example/hooks?token=t0ken",
        "unit": d.units["office"], "role": "office", **fields,
    }  # fmt: skip


def test_preferences_are_read_and_changed_in_part(d):
    api = Api("songxi")

    answer = api.send(
        "PATCH", "preferences",
        {"choices": [{"kind": "work", "channel": "mail", "how": "digest"}], "rhythm": {"remind_days": 4}},
    )  # fmt: skip
    told = api.get("preferences").json()

    assert answer.status_code == 200 and told["channels"] == ["mail", "wecom", "dingtalk", "feishu"]
    how = {(row["kind"], row["channel"]): row["how"] for row in told["choices"]}
    assert (how["work", "mail"], how["due", "mail"], told["rhythm"]["remind_days"]) == ("digest", "now", 4)


def test_an_address_comes_back_masked(d):
    api = Api("songxi")

    assert api.put("preferences/addresses/mail", {"address": "zhang@songxi.gov.cn"}).json() == {
        "channel": "mail", "shown": "z…@songxi.gov.cn",
    }  # fmt: skip
    assert api.get("preferences").json()["addresses"] == {"mail": "z…@songxi.gov.cn"}
    assert api.post("preferences/test", {"channel": "mail"}).status_code == 201
    assert code_of(api.post("preferences/test", {"channel": "wecom"})) == (422, "reach.missing")


def test_a_webhook_tells_its_secret_when_it_is_made_and_when_it_is_asked(d):
    api = Api("system-admin")

    made = api.post("webhooks", hook(d))
    number, secret = made.json()["id"], made.json()["secret"]

    assert made.status_code == 201 and secret.startswith("whsec_")
    assert "secret" not in api.get(f"webhooks/{number}").json()
    assert api.get(f"webhooks/{number}/secret").json()["secret"] == secret
    assert api.post(f"webhooks/{number}/secret").json()["secret"] != secret
    assert "t0ken" not in api.get("webhooks").content.decode()


def test_a_webhook_is_changed_tried_and_removed(d):
    api = Api("system-admin")
    number = api.post("webhooks", hook(d)).json()["id"]

    changed = api.send("PATCH", f"webhooks/{number}", {"active": False, "name": "新名"}).json()
    tried = api.post(f"webhooks/{number}/test")
    gone = api.delete(f"webhooks/{number}")

    assert (changed["active"], changed["name"]) == (False, "新名")
    assert (tried.status_code, gone.status_code) == (201, 200)
    assert code_of(api.get(f"webhooks/{number}")) == (404, "endpoint.not_found")


@pytest.mark.parametrize("who", ["office", "songxi", "audit-admin"])
def test_webhooks_and_deliveries_are_the_system_administrators(d, who):
    api = Api(who)

    answers = [api.get("webhooks"), api.post("webhooks", hook(d)), api.get("deliveries")]
    assert {code_of(answer) for answer in answers} == {(403, "step.not_yours")}


def test_a_wrong_webhook_is_a_problem_with_its_code(d):
    answer = Api("system-admin").post("webhooks", hook(d, url="https://127.0.0.1/"))

    assert code_of(answer) == (422, "endpoint.private_address")


def test_deliveries_are_listed_by_their_end_and_sent_again(d):
    row = Delivery.objects.create(
        key="feed:1", target="mail", channel="mail", member_id=d.people["songxi"].member_id, kind="work",
        district_id=d.units["yunling"], send_at=NOW, ended="dead", error="SMTP 550", attempts=1,
        event={"type": "declaration.endorse", "case": 7},
    )  # fmt: skip
    row.tries.create(ok=False, answer="SMTP 550", took_ms=12)
    api = Api("system-admin")

    listed = api.get("deliveries?ended=dead").json()["items"]
    one = api.get(f"deliveries/{row.pk}").json()
    again = api.post("deliveries/again", {"deliveries": [row.pk]})

    assert [item["id"] for item in listed] == [row.pk] and listed[0]["type"] == "declaration.endorse"
    assert [(t["ok"], t["answer"], t["took_ms"]) for t in one["tries"]] == [(False, "SMTP 550", 12)]
    assert again.json() == {"again": [row.pk]}
    assert [item["id"] for item in api.get("deliveries?ended=waiting").json()["items"]] == [row.pk]
    assert code_of(api.get("deliveries?ended=lost")) == (400, "request.filter_invalid")
