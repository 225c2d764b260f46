# SPDX-License-Identifier: EUPL-1.2
"""Somebody answers for a finding: the name may stand where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from content_api.domain.terms.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Waiver:
    """Who said why; bound to the finding's fingerprint, so it outlives unrelated edits."""

    article: str
    fingerprint: str
    concept: str
    locale: str
    text: str
    reason: str
    waived_by: str
    waived_at: datetime


def blocking(findings: Sequence[Finding], waivers: Mapping[str, Waiver]) -> list[Finding]:
    """Return the findings that approval waits for."""
    return [
        finding
        for finding in findings
        if finding.severity is Severity.FORBIDDEN and finding.fingerprint not in waivers
    ]
