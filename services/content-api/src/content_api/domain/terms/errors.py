# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a request about terms.

Refused
├── NoSuchConcept    404
├── ConceptTaken     409  the id belongs to another concept
├── ForbiddenTerms   409  a draft has findings that nobody has waived
├── StaleConcept     412  If-Match names another revision than the current one
└── NotUnderstood    422  a file of terms; carries every problem with its row and column
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Final

from communique.errors import Conflict, InvalidInput, NotFound, PreconditionFailed
from content_api.domain.terms.findings import Finding
from content_api.domain.terms.reading import Problem

_MOST_TOLD: Final = 200


class NoSuchConcept(NotFound):
    """There is no such concept."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("There is no such concept in the glossary.")


class ConceptTaken(Conflict):
    """The id belongs to another concept."""

    def __init__(self, concept: str) -> None:
        """Name the id."""
        super().__init__(
            f"The glossary has a concept {concept} with other content.",
            errors={"/id": ["Belongs to another concept."]},
        )


class StaleConcept(PreconditionFailed):
    """Somebody has changed the concept since."""

    def __init__(self, current: int) -> None:
        """Name the current revision, so that the caller can fetch it."""
        super().__init__(
            f"The current revision is {current}; If-Match names another one.",
            headers={"ETag": f'"t{current}"'},
            extra={"current_etag": f'"t{current}"'},
        )


class ForbiddenTerms(Conflict):
    """A draft uses names that the glossary forbids, and nobody has waived that."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Carry the findings, and name each field."""
        errors: dict[str, list[str]] = {}
        for each in findings[:_MOST_TOLD]:
            line = f"“{each.text}” at {each.start}–{each.end}: write “{each.suggestion}”."
            errors.setdefault(each.pointer, []).append(line)
        super().__init__(
            f"The glossary forbids {len(findings)} of the names used; change or waive them.",
            errors=errors,
            extra={"findings": [told(each) for each in findings[:_MOST_TOLD]]},
        )


class NotUnderstood(InvalidInput):
    """A file of terms holds what cannot be read; nothing of it was taken."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry every problem with its place."""
        found = list(problems)
        self.problems = tuple(found)
        super().__init__(
            f"{len(found)} places of the file were not understood; nothing was changed.",
            errors={
                f"/{each.row}/{each.column}": [each.detail] for each in reversed(found[:_MOST_TOLD])
            },
            extra={"problems": [asdict(each) for each in found[:_MOST_TOLD]]},
        )


def told(finding: Finding) -> dict[str, object]:
    """Return a finding as a problem document tells it."""
    return {**asdict(finding), "severity": finding.severity}
