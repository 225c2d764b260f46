# SPDX-License-Identifier: EUPL-1.2
"""The yardstick of reads: a WSGI callable that gives the same bytes and headers, and nothing else.

COMMUNIQUE_BENCH_ANSWER names a file that holds them (see `reads`).
"""

import os
import pickle
from pathlib import Path
from typing import Any

_HEADERS, _BODY = pickle.loads(Path(os.environ["COMMUNIQUE_BENCH_ANSWER"]).read_bytes())  # noqa: S301, TID251  # our own file; the start of a process


def application(_environ: dict[str, Any], start_response: Any) -> tuple[bytes]:
    """Answer every request with the same bytes."""
    start_response("200 OK", _HEADERS)
    return (_BODY,)
