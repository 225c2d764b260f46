# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta, timezone

from communique.clock import SystemClock, rfc3339


def test_the_system_clock_tells_utc():
    assert SystemClock().now().tzinfo is UTC


def test_moments_are_written_in_utc_with_z():
    hanoi = timezone(timedelta(hours=7))
    assert rfc3339(datetime(2026, 3, 2, 9, 30, tzinfo=hanoi)) == "2026-03-02T02:30:00Z"
