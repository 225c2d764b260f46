# SPDX-License-Identifier: EUPL-1.2
"""The programs of the stack, in one table."""

import json
import shutil
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError

from local_stack.addresses import LOOPBACK
from local_stack.components import broker, kafka, postgres, s3, tansu
from local_stack.errors import NotReady
from local_stack.home import CHECKOUT
from local_stack.plan import BIN, Plan
from local_stack.processes import guarded


def no_variables(plan: Plan) -> dict[str, str]:
    """Add nothing to the environment."""
    del plan
    return {}


def nothing(plan: Plan) -> None:
    """Need no preparation, or have no address to ask."""
    del plan


@dataclass(frozen=True, slots=True)
class Program:
    """How one program is run and known to be ready."""

    command: Callable[[Plan], list[str]]
    group: str = "services"
    prepare: Callable[[Plan], None] = nothing
    check: Callable[[Plan], None] = nothing
    environment: Callable[[Plan], Mapping[str, str]] = no_variables
    stop_signal: str = "TERM"
    after: tuple[str, ...] = ()


def web(service: str) -> Program:
    """Return the web program of a service."""
    name, package = f"{service}-web", service.replace("-", "_")

    def command(plan: Plan) -> list[str]:
        configuration = CHECKOUT / "services" / service / "gunicorn.conf.py"
        address = f"{LOOPBACK}:{plan.ports.one(name, 'http')}"
        options = ["--no-control-socket", "-c", configuration, "-b", address]
        return guarded([BIN / "gunicorn", *options, f"{package}.wsgi:application"])

    def check(plan: Plan) -> None:
        ask_ready(name, plan.ports.url(name) + "/readyz")

    def metrics(plan: Plan) -> Path:
        return plan.home.running / "metrics" / name

    def variables(plan: Plan) -> dict[str, str]:
        return {"PROMETHEUS_MULTIPROC_DIR": str(metrics(plan))}

    def prepare(plan: Plan) -> None:
        shutil.rmtree(metrics(plan), ignore_errors=True)
        metrics(plan).mkdir(parents=True)

    return Program(command, prepare=prepare, check=check, environment=variables)


def worker(service: str, *only: str) -> Program:
    """Return a program that runs loops of a service: those named, or all."""
    loops = [part for loop in only for part in ("--only", loop)]
    return Program(lambda _: guarded([BIN / service, "worker", *loops]))


def platforms(plan: Plan) -> list[str]:
    """Run the social platforms and the webhook partner of the sample ministry."""
    port, data = plan.ports.one("platforms", "http"), plan.home.path / "platforms"
    module = [BIN / "python", "-m", "local_stack.platforms"]
    return guarded([*module, "--port", str(port), "--data", str(data)])


def check_platforms(plan: Plan) -> None:
    """Ask the platforms whether they serve."""
    ask_ready("platforms", plan.ports.url("platforms") + "/livez")


def ask_ready(name: str, url: str) -> None:
    """Ask a web program whether it is ready."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback address
            json.load(answer)
    except (URLError, TimeoutError, ValueError, ConnectionError) as error:
        raise NotReady(name, f"{url}: {error}") from error


TANSU: Final = Program(
    tansu.command,
    "components",
    tansu.prepare,
    broker.check,
    tansu.environment,
    after=("s3",),
)
KAFKA: Final = Program(kafka.command, "components", kafka.prepare, broker.check)
BROKERS: Final[Mapping[str, Program]] = {"tansu": TANSU, "kafka": KAFKA}

COMPONENTS: Final[tuple[str, ...]] = ("postgres", "s3", "broker")


def programs(broker_kind: str) -> dict[str, Program]:
    """Return every program by name."""
    return {
        "postgres": Program(
            postgres.command, "components", postgres.prepare, postgres.check, stop_signal="INT"
        ),
        "s3": Program(s3.command, "components", s3.prepare, s3.check),
        "broker": BROKERS[broker_kind],
        "content-api-web": web("content-api"),
        "content-api-worker": worker("content-api", "receipts", "scheduler"),
        "content-api-relay": worker("content-api", "relay"),
        "media-store-web": web("media-store"),
        "media-store-worker": worker("media-store"),
        "syndicator-web": web("syndicator"),
        "syndicator-worker": worker("syndicator"),
        "platforms": Program(platforms, check=check_platforms),
    }
