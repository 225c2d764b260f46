# SPDX-License-Identifier: EUPL-1.2
import io

from rich.console import Console

from local_stack.follow import LogFile, follow, log_files


def test_lines_come_once_and_only_when_complete(tmp_path):
    path = tmp_path / "a.log"
    log = LogFile(path)
    assert log.lines() == []
    path.write_text("one\ntw")
    assert log.lines() == ["one"]
    with path.open("a") as file:
        file.write("o\n")
    assert log.lines() == ["two"]
    assert log.lines() == []


def test_a_rotated_log_is_read_from_its_beginning(tmp_path):
    path = tmp_path / "a.log"
    path.write_text("old and long\n")
    log = LogFile(path)
    log.lines()
    path.rename(tmp_path / "a.log.1")
    path.write_text("new\n")
    assert log.lines() == ["new"]


def test_what_stood_there_before_is_not_shown(home):
    home.log("s3").write_text("yesterday\n")
    files = log_files(home, ["s3", "broker"])
    with home.log("s3").open("a") as log:
        log.write("today\n")
    home.log("broker").write_text("first\n")
    assert files["s3"].lines() == ["today"]
    assert files["broker"].lines() == ["first"]


def test_each_line_carries_the_name_of_its_program(home):
    files = log_files(home, ["s3", "postgres"])
    home.log("s3").write_text("[bold]not markup[/bold]\n")
    home.log("postgres").write_text("ready\n")
    output = io.StringIO()
    follow(files, Console(file=output, width=40), lambda: False)
    assert output.getvalue() == "s3       | [bold]not markup[/bold]\npostgres | ready\n"
