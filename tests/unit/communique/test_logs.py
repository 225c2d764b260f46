# SPDX-License-Identifier: EUPL-1.2
import io
import logging
import sys
import threading

import orjson
import pytest
import structlog
from structlog.contextvars import bound_contextvars

from communique import logs


@pytest.fixture
def lines(monkeypatch):
    """Configure logging for one test; gives what was written since."""
    root = logging.getLogger()
    before = (root.handlers, root.level)
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)
    logs.configure("content-api", "INFO")

    def read():
        return [orjson.loads(line) for line in written.getvalue().splitlines()]

    yield read
    root.handlers, root.level = before
    structlog.reset_defaults()


def test_a_line_is_one_object_with_service_time_and_level(lines):
    structlog.get_logger("sample").info("đã xuất bản", article_id="1")
    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "service": "content-api",
        "event": "đã xuất bản",
        "level": "info",
        "logger": "sample",
        "article_id": "1",
    }


def test_ids_that_are_bound_stand_on_every_line(lines):
    with bound_contextvars(event_id="7"):
        structlog.get_logger().info("handled")
    structlog.get_logger().info("idle")
    first, second = lines()
    assert first["event_id"] == "7"
    assert "event_id" not in second


def test_lines_of_other_threads_name_the_service_too(lines):
    thread = threading.Thread(target=lambda: structlog.get_logger().info("relayed"))
    thread.start()
    thread.join()
    assert lines()[0]["service"] == "content-api"


def test_lines_of_other_libraries_have_the_same_form(lines):
    logging.getLogger("sqlalchemy").warning("pool of %d", 5)
    (line,) = lines()
    assert (line["service"], line["event"], line["level"]) == (
        "content-api",
        "pool of 5",
        "warning",
    )


def test_a_traceback_is_part_of_its_line(lines):
    try:
        int("broken")
    except ValueError:
        structlog.get_logger().exception("failed")
        logging.getLogger("other").exception("failed")
    ours, other = lines()
    assert "ValueError: invalid literal" in ours["exception"]
    assert "ValueError: invalid literal" in other["exception"]


def test_lines_below_the_level_are_not_written(lines):
    structlog.get_logger().debug("detail")
    logging.getLogger("kafka").warning("noise")
    structlog.get_logger().info("news")
    assert [line["event"] for line in lines()] == ["news"]
