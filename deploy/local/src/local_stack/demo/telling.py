# SPDX-License-Identifier: EUPL-1.2
"""How the story is told on a terminal: a live line per step, and a table at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

TITLES: Final[Mapping[str, str]] = {
    "photo": "Photo of 12 megapixels into the media store",
    "published": "Press release in vi, en, fr",
    "embargo": "Statement under embargo: nowhere before",
    "lifted": "Embargo lifted: everywhere after",
    "urgent": "Urgent consular notice",
    "corrected": "Correction of the press release",
    "retracted": "Retraction of the press release",
}
_COLUMNS: Final[Mapping[str, str]] = {
    "published": "publ.",
    "corrected": "corr.",
    "retracted": "retr.",
    "lifted": "lifted",
    "urgent": "urgent",
}


@dataclass(slots=True)
class Silent:
    """Watches and says nothing; keeps the steps that were verified."""

    steps: list[str] = field(default_factory=list)

    def begins(self, step: str, spots: int) -> None:
        """Say nothing."""

    def seen(self, step: str, spot: str, seconds: float) -> None:
        """Say nothing."""

    def ends(self, step: str, detail: str) -> None:
        """Keep the step."""
        del detail
        self.steps.append(step)


@dataclass(slots=True)
class Teller:
    """Watches the story and shows it; keeps the times for the table."""

    console: Console
    times: dict[str, dict[str, float]] = field(default_factory=dict)
    details: list[tuple[str, str]] = field(default_factory=list)
    _tasks: dict[str, TaskID] = field(default_factory=dict)
    _progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        """Make the live display."""
        self._progress = Progress(
            SpinnerColumn(finished_text="[green]✓[/green]"),
            TextColumn("{task.description}", justify="left"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
        )

    def __enter__(self) -> Self:
        """Show the live display."""
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the last picture standing."""
        self._progress.stop()

    def begins(self, step: str, spots: int) -> None:
        """Add a line."""
        self._tasks[step] = self._progress.add_task(TITLES[step], total=spots or None)

    def seen(self, step: str, spot: str, seconds: float) -> None:
        """Count one spot."""
        self.times.setdefault(spot, {})[step] = seconds
        self._progress.advance(self._tasks[step])

    def ends(self, step: str, detail: str) -> None:
        """Mark the line as done."""
        task = self._tasks[step]
        self._progress.update(task, total=self._progress.tasks[task].total or 1)
        self._progress.update(task, completed=self._progress.tasks[task].total)
        self.details.append((step, detail))

    def table(self) -> Table:
        """Return what arrived where, in seconds after the desk's call was answered."""
        table = Table(
            title="Seconds from the desk's answer until a reader saw it",
            title_justify="left",
            box=box.SIMPLE_HEAD,
            padding=(0, 1, 0, 0),
        )
        for name in ("channel", "locale", "form"):
            table.add_column(name, no_wrap=True)
        for heading in _COLUMNS.values():
            table.add_column(heading, justify="right", no_wrap=True)
        for spot, times in self.times.items():
            if not times.keys() & _COLUMNS.keys():
                continue
            cells = [f"{times[step]:.2f}" if step in times else "–" for step in _COLUMNS]
            table.add_row(*spot.split(), *cells)
        return table

    def hops(self) -> str:
        """Return what else each step showed, a line each."""
        return "\n".join(f"{TITLES[step]}: {detail}" for step, detail in self.details)
