# SPDX-License-Identifier: EUPL-1.2
"""Write what supervisord reads."""

import shlex
from collections.abc import Mapping
from typing import Final

from local_stack.home import CHECKOUT
from local_stack.plan import Plan
from local_stack.programs import Program

# A lower priority starts first and stops last; a group stops all its programs at once.
PRIORITIES: Final = {"components": 100, "services": 200}
STOP_SECONDS: Final = 3  # for a group, so 6 for the stack: well within the 10 that we promise


def render(plan: Plan, programs: Mapping[str, Program]) -> str:
    """Return the configuration of supervisord."""
    home = plan.home
    sections = [
        section("unix_http_server", {"file": home.socket, "chmod": "0700"}),
        section("rpcinterface:supervisor", {"supervisor.rpcinterface_factory": FACTORY}),
        section(
            "supervisord",
            {
                "nodaemon": "true",
                "silent": "true",
                "pidfile": home.running / "supervisord.pid",
                "logfile": home.log("supervisord"),
                "logfile_maxbytes": "5MB",
                "logfile_backups": "1",
                "childlogdir": home.logs,
            },
        ),
        *(program_section(plan, name, program) for name, program in programs.items()),
        *(
            section(f"group:{group}", {"programs": ",".join(members), "priority": priority})
            for group, priority in PRIORITIES.items()
            if (members := [name for name, program in programs.items() if program.group == group])
        ),
    ]
    return "\n".join(sections)


FACTORY: Final = "supervisor.rpcinterface:make_main_rpcinterface"


def program_section(plan: Plan, name: str, program: Program) -> str:
    """Return the section of one program, which is restarted for ever."""
    values: dict[str, object] = {
        "command": shlex.join(program.command(plan)),
        "directory": CHECKOUT,
        "autostart": "false",
        "autorestart": "true",
        "startsecs": "1",
        "startretries": "1000",
        "stopsignal": program.stop_signal,
        "stopwaitsecs": STOP_SECONDS,
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": plan.home.log(name),
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": "2",
    }
    if variables := program.environment(plan):
        values["environment"] = ",".join(f'{key}="{value}"' for key, value in variables.items())
    return section(f"program:{name}", values)


def section(name: str, values: Mapping[str, object]) -> str:
    """Return one section; a percent sign would else begin an expansion."""
    lines = [f"{key}={str(value).replace('%', '%%')}" for key, value in values.items()]
    return "\n".join([f"[{name}]", *lines, ""])
