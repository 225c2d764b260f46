# SPDX-License-Identifier: EUPL-1.2
import pytest

from local_stack.errors import StackError


def test_settings_follow_the_offset(make_plan):
    settings = make_plan(offset=1000).settings()
    assert settings["COMMUNIQUE_KAFKA"] == "127.0.0.1:9092"
    assert settings["COMMUNIQUE_DATABASE_URL"].endswith("@127.0.0.1:9432/communique")
    assert settings["COMMUNIQUE_MEDIA_URL"] == "http://127.0.0.1:9003"


def test_what_the_caller_sets_wins(make_plan):
    settings = make_plan({"COMMUNIQUE_LOG_LEVEL": "DEBUG"}).settings()
    assert settings["COMMUNIQUE_LOG_LEVEL"] == "DEBUG"


def test_programs_do_not_see_what_else_is_in_the_callers_environment(make_plan):
    environment = make_plan({"AWS_SECRET_ACCESS_KEY": "of the caller", "HOME": "/h"}).environment()
    assert "AWS_SECRET_ACCESS_KEY" not in environment
    assert environment["HOME"] == "/h"


def test_secrets_do_not_show_when_a_plan_is_printed(make_plan):
    plan = make_plan()
    assert plan.secrets.s3_secret_key not in repr(plan)


def test_an_unknown_broker_is_refused(make_plan):
    with pytest.raises(StackError, match="one of tansu, kafka"):
        make_plan(broker="rabbit").check()


def test_somebody_elses_storage_needs_its_keys(make_plan):
    with pytest.raises(StackError, match="COMMUNIQUE_S3_SECRET_KEY"):
        make_plan({"COMMUNIQUE_S3_ENDPOINT": "http://s3.example"}).check()
