# SPDX-License-Identifier: EUPL-1.2
import pytest

from content_api.__main__ import main


@pytest.mark.parametrize("words", [["--help"], ["worker", "--help"], ["keys", "create", "--help"]])
def test_every_command_explains_itself(capsys, words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 0
    assert "usage: content-api" in capsys.readouterr().out


def test_an_unknown_loop_is_refused_by_name(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["worker", "--only", "deliverer"])
    assert ended.value.code == 2
    assert "relay" in capsys.readouterr().err


def test_a_missing_setting_is_named(capsys, monkeypatch):
    monkeypatch.delenv("COMMUNIQUE_DATABASE_URL", raising=False)
    assert main(["migrate"]) == 2
    assert "COMMUNIQUE_DATABASE_URL" in capsys.readouterr().err
