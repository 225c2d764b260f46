# SPDX-License-Identifier: EUPL-1.2
"""compose.yaml starts the same processes as everything else, on the loopback address only."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PORTS = {"content-api": 8001, "syndicator": 8002, "media-store": 8003}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """Read the services of compose.yaml."""
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_every_service_has_a_migration_a_web_and_a_worker(services):
    ours = {name for name, each in services.items() if each["image"].startswith("communique/")}
    assert ours == {f"{name}-{part}" for name in PORTS for part in ("migrate", "web", "worker")}


def test_only_the_three_apis_are_published_and_on_loopback(services):
    published = {name: each["ports"] for name, each in services.items() if "ports" in each}
    assert published == {f"{name}-web": [f"127.0.0.1:{p}:{p}"] for name, p in PORTS.items()}


def test_whatever_stays_up_has_a_healthcheck(services):
    one_shots = {name for name, each in services.items() if "healthcheck" not in each}
    assert one_shots == {"kafka-topics", *(f"{name}-migrate" for name in PORTS)}


def test_processes_wait_for_their_migration(services):
    done = {"condition": "service_completed_successfully"}
    for name in PORTS:
        for part in ("web", "worker"):
            assert services[f"{name}-{part}"]["depends_on"][f"{name}-migrate"] == done


def test_every_awaited_service_can_meet_its_condition(services):
    for each in services.values():
        for awaited, how in each.get("depends_on", {}).items():
            healthy = how["condition"] == "service_healthy"
            assert healthy is ("healthcheck" in services[awaited]), awaited


def test_every_image_has_a_fixed_tag(services):
    for name, each in services.items():
        _, _, tag = each["image"].partition(":")
        assert tag not in {"", "latest"}, name


def test_the_stores_are_the_ones_of_the_local_overlay(services):
    overlay = ROOT / "deploy" / "k8s" / "overlays" / "local"
    for name in ("postgres", "s3", "kafka"):
        stateful, _ = yaml.safe_load_all((overlay / f"{name}.yaml").read_text())
        (container,) = stateful["spec"]["template"]["spec"]["containers"]
        assert container["image"] == services[name]["image"]


def test_every_image_is_built_from_a_dockerfile_that_exists(services):
    built = {each["build"]["dockerfile"] for each in services.values() if "build" in each}
    assert built == {f"services/{name}/Dockerfile" for name in PORTS}
    for path in built:
        assert (ROOT / path).is_file()


def test_no_secret_is_written_down(services):
    for name, each in services.items():
        for variable, value in each.get("environment", {}).items():
            if variable.endswith(("PASSWORD", "_KEY", "_KEY_ID")):
                assert value.startswith("${"), (name, variable)
