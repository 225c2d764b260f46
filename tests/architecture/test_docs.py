# SPDX-License-Identifier: EUPL-1.2
"""The references are what the declarations in the code say, and leave nothing out."""

import ast
import importlib
import sys
from pathlib import Path

import orjson
import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from communique import errors, metrics
from communique.events.envelope import EventType
from communique.events.topics import TOPICS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
STALE = "run .venv/bin/python docs/reference/generate.py"


@pytest.fixture(scope="module")
def generated():
    sys.path.insert(0, str(REFERENCE))
    try:
        return importlib.import_module("generate").pages()
    finally:
        sys.path.remove(str(REFERENCE))


@pytest.fixture(scope="module")
def asyncapi():
    return yaml.safe_load(page("asyncapi.yaml"))


def page(name):
    return (REFERENCE / name).read_text()


def settings_in_the_code():
    """Find every `setting("NAME", …)` of every service, however it is imported."""
    for path in ROOT.glob("services/*/src/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setting":
                yield node.args[0].value


@pytest.mark.parametrize(
    "name", ["settings.md", "events.md", "asyncapi.yaml", "errors.md", "metrics.md"]
)
def test_a_page_is_what_is_generated(generated, name):
    assert page(name) == generated[name], STALE


def test_nothing_else_is_generated(generated):
    written = {path.name for path in REFERENCE.iterdir() if path.suffix in {".md", ".yaml"}}
    assert written == set(generated)


def test_every_setting_appears():
    names = set(settings_in_the_code())
    assert "COMMUNIQUE_DATABASE_URL" in names
    for name in names:
        assert f"| `{name}` |" in page("settings.md")


@pytest.mark.parametrize("event_type", EventType)
def test_every_event_appears(event_type, asyncapi):
    assert f"| `{event_type.value}` |" in page("events.md")
    assert event_type.value in asyncapi["components"]["messages"]


@pytest.mark.parametrize("plan", TOPICS)
def test_every_topic_appears(plan, asyncapi):
    assert f"## `{plan.name}`" in page("events.md")
    (channel,) = [each for each in asyncapi["channels"].values() if each["address"] == plan.name]
    assert channel["bindings"]["kafka"]["partitions"] == plan.partitions
    policy = "compact" if plan.compacted else "delete"
    assert channel["bindings"]["kafka"]["topicConfiguration"]["cleanup.policy"] == [policy]


def references(node):
    if isinstance(node, list):
        node = dict(enumerate(node))
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for each in node.values():
            yield from references(each)


def test_every_reference_in_the_asyncapi_document_leads_somewhere(asyncapi):
    found = set(references(asyncapi))
    assert found
    for reference in found:
        place = asyncapi
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_the_asyncapi_document_has_the_form_of_version_3(asyncapi):
    assert asyncapi["asyncapi"] == "3.1.0"
    assert {"title", "version"} <= set(asyncapi["info"])
    for operation in asyncapi["operations"].values():
        assert operation["action"] in {"send", "receive"}
    assert "&id" not in page("asyncapi.yaml")
    orjson.dumps(asyncapi)


def test_every_problem_type_appears():
    kinds = [errors.Unavailable, errors.Refused, *errors.Refused.__subclasses__()]
    for kind in kinds:
        assert f"| {kind.status} | `urn:communique:problem:" in page("errors.md")
        assert f"| {kind.title} |" in page("errors.md")


def test_every_metric_appears():
    found = [each for each in vars(metrics).values() if isinstance(each, MetricWrapperBase)]
    assert found
    for metric in found:
        name = next(iter(metric.describe())).name
        assert f"| `{name}" in page("metrics.md")
