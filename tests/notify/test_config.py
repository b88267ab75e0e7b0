import pytest

from services.notify.config import BadSetting, Config, from_environment

GOOD = {"DATABASE_URL": "postgresql:///laurel", "TICKET_SECRET": "x" * 32}


def test_only_the_database_and_the_secret_are_needed():
    config = from_environment(GOOD)

    assert config == Config(
        database_url="postgresql:///laurel",
        ticket_secret=b"x" * 32,
        origins=frozenset({"http://127.0.0.1:8000"}),
        db_role="laurel_feed",
    )


def test_several_origins_are_separated_by_commas():
    config = from_environment({**GOOD, "PUBLIC_ORIGIN": "https://a.cn, http://B.cn:81/"})

    assert config.origins == {"https://a.cn", "http://b.cn:81"}


def test_the_secret_may_come_from_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("y" * 40 + "\n")

    config = from_environment({"DATABASE_URL": "postgresql:///laurel", "TICKET_SECRET_FILE": str(path)})

    assert config.ticket_secret == b"y" * 40


def test_an_empty_role_means_none():
    assert from_environment({**GOOD, "NOTIFY_DB_ROLE": ""}).db_role == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", ""),
        ("TICKET_SECRET", "short"),
        ("PUBLIC_ORIGIN", "laurel.test"),
        ("PUBLIC_ORIGIN", "https://laurel.test/path"),
        ("NOTIFY_POLL_S", "soon"),
        ("NOTIFY_POLL_S", "0"),
        ("NOTIFY_HEARTBEAT_S", "1e9"),
        ("NOTIFY_DRAIN_S", "nan"),
    ],
)
def test_a_bad_setting_is_refused_by_name(name, value):
    with pytest.raises(BadSetting, match=name):
        from_environment({**GOOD, name: value})
