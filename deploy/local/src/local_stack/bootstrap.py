# SPDX-License-Identifier: EUPL-1.2
"""Bring the services' schemas and keys into the database, doing again only what has changed."""

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from local_stack.components import postgres
from local_stack.credentials import SERVICES, Registration, load_credentials, registrations
from local_stack.home import read_json, write_json
from local_stack.plan import BIN, Plan
from local_stack.processes import guarded, run

WORKERS = 2  # processor time, not waiting, is what these commands take


def migrate(plan: Plan) -> None:
    """Bring the schema of every service to its newest form."""

    def one(service: str) -> None:
        command = guarded([BIN / service, "migrate"])
        run(command, log=plan.home.log(f"{service}-migrate"), environment=plan.environment())

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, SERVICES))


def register_keys(plan: Plan) -> None:
    """Make the keys known to the services; a note about this database saves doing it twice."""
    wanted = list(registrations(load_credentials(plan.home)))
    note = plan.home.running / "keys.json"
    fingerprint = fingerprint_of(postgres.identity(plan), wanted)
    if read_json(note) == fingerprint:
        return
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda registration: register(plan, registration), wanted))
    write_json(note, fingerprint)


def register(plan: Plan, key: Registration) -> None:
    """Make one key known to one service, its secret passed where no process list shows it."""
    options = ["--label", key.label, "--scopes", ",".join(key.scopes), "--secret-from-stdin"]
    run(
        guarded([BIN / key.service, "keys", "create", *options]),
        log=plan.home.log(f"{key.service}-keys-{key.label}"),
        environment=plan.environment(),
        text=key.secret + "\n",
    )


def fingerprint_of(database: str, wanted: Iterable[Registration]) -> str:
    """Return a digest that changes with the database and with any key."""
    return hashlib.sha256(repr((database, list(wanted))).encode()).hexdigest()
