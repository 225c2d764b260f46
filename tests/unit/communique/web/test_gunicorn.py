# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

from communique.web.gunicorn import defaults


def test_workers_share_a_directory_for_their_metrics(tmp_path):
    environ = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics")}
    defaults(environ)
    assert Path(environ["PROMETHEUS_MULTIPROC_DIR"]).is_dir()


def test_a_directory_is_made_where_none_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    environ = {}
    defaults(environ)
    assert Path(environ["PROMETHEUS_MULTIPROC_DIR"]).parent == tmp_path


def test_it_stops_within_ten_seconds_and_opens_no_control_socket(tmp_path):
    made = defaults({"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)})
    assert made["graceful_timeout"] < 10
    assert made["control_socket_disable"] is True
    assert made["worker_class"] == "gthread"


def test_workers_and_threads_are_read_from_the_environment(tmp_path):
    made = defaults(
        {
            "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
            "COMMUNIQUE_WEB_WORKERS": "5",
            "COMMUNIQUE_WEB_THREADS": "3",
        }
    )
    assert (made["workers"], made["threads"]) == (5, 3)
