# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local_stack.platforms.app import Accounts, create_app

SECRET = "whsec_bG9jYWwgc2FtcGxlIHNlY3JldCBvZiAzMiBieXRlcyE="
PAGE, PAGE_TOKEN = "1045", "page-token"
USER, USER_TOKEN = "1450", "user-token"


@dataclass
class HandClock:
    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 6, tzinfo=UTC))

    def now(self):
        return self.moment

    def advance(self, **span):
        self.moment += timedelta(**span)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def web(tmp_path, clock):
    accounts = Accounts({PAGE: PAGE_TOKEN}, {USER: USER_TOKEN}, SECRET)
    return create_app(accounts, tmp_path, clock).test_client()


@pytest.fixture
def control(web) -> Callable[..., list[dict[str, Any]]]:
    return lambda path, **query: web.get(f"/_control/{path}", query_string=query).json["items"]
