# SPDX-License-Identifier: EUPL-1.2
"""What a text holds that blocks cannot, by line; and what came of the rest."""

from dataclasses import dataclass, field
from typing import Final

from communique.events.article import Block

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a text uses it, with what the text says of it."""

    asset: str
    alt: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of a text, and the pictures in it."""

    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...] = ()


class NotBlocks(ValueError):
    """A text holds what no block can show; `findings` names each place."""

    def __init__(self, findings: list[str]) -> None:
        """Keep them in the order of the text."""
        super().__init__(" ".join(findings))
        self.findings = findings


@dataclass(slots=True)
class Findings:
    """Collects what is wrong, by line."""

    found: list[str] = field(default_factory=list)

    def add(self, line: int, problem: str) -> None:
        """Remember one place."""
        said = f"Line {line}: {problem}"
        if len(self.found) < MOST and said not in self.found:
            self.found.append(said)

    def finish(self) -> None:
        """Raise NotBlocks if there was anything."""
        if self.found:
            raise NotBlocks(self.found)
