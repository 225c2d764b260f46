# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong with the local stack.

StackError
├── PortTaken      somebody else listens where a program of ours must
└── NotReady       a program did not answer before its deadline
"""


class StackError(Exception):
    """The stack cannot do what was asked; the message says what to do."""


class PortTaken(StackError):
    """A port that a program needs is held by another process."""


class NotReady(StackError):
    """A program did not answer in time."""

    def __init__(self, program: str, reason: str) -> None:
        super().__init__(f"{program}: {reason}")
        self.program = program
