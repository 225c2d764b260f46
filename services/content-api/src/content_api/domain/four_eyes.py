# SPDX-License-Identifier: EUPL-1.2
"""Two people stand behind everything that is published."""

from collections.abc import Iterable

from content_api.domain.errors import FourEyes


def check_four_eyes(approver: str, authors: Iterable[str]) -> None:
    """Refuse an approver who wrote any draft since the last approved one.

    Raises:
        FourEyes: the approver is one of the authors.
    """
    if approver in set(authors):
        raise FourEyes
