# SPDX-License-Identifier: EUPL-1.2
"""What is due, and how far the next moment is: always by the database's clock."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select


def until_next(
    connection: Connection, moment: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> timedelta | None:
    """Tell how far the next moment ahead is; None when there is none."""
    wait: timedelta | None = connection.execute(
        select(func.min(moment) - func.clock_timestamp()).where(moment > func.now(), *conditions)
    ).scalar_one()
    return wait
