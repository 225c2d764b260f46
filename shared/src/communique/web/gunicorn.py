# SPDX-License-Identifier: EUPL-1.2
"""Worker defaults for every service; a service's gunicorn.conf.py calls `defaults`."""

import tempfile
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from prometheus_client import values
from prometheus_client.multiprocess import mark_process_dead


def defaults(environ: MutableMapping[str, str]) -> dict[str, Any]:
    """Return gunicorn's settings, and give the workers one directory for their metrics.

    gthread with two threads: more are slower for reads that only copy bytes.
    """
    if "PROMETHEUS_MULTIPROC_DIR" not in environ:
        environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="communique-metrics-")
    Path(environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
    values.ValueClass = values.get_value_class()  # it was chosen at import, before the directory
    return {
        "worker_class": "gthread",
        "workers": int(environ.get("COMMUNIQUE_WEB_WORKERS", "2")),
        "threads": int(environ.get("COMMUNIQUE_WEB_THREADS", "2")),
        "keepalive": 15,
        "timeout": 60,
        "graceful_timeout": 8,
        "max_requests": 0,
        "control_socket_disable": True,
        "child_exit": _forget,
    }


def _forget(_server: Any, worker: Any) -> None:
    mark_process_dead(worker.pid)
