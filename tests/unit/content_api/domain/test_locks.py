# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from content_api.domain.locks import EVERY_LOCALE, Lock, LockHeld, check_free, in_the_way
from content_api.testing.builders import MOMENT

LATER, EARLIER = MOMENT + timedelta(seconds=1), MOMENT - timedelta(seconds=1)


def a_lock(locale="vi", holder="author", expires_at=LATER):
    return Lock("article", locale, holder, EARLIER, expires_at)


@pytest.mark.parametrize(
    ("lock", "locale", "stops"),
    [
        (a_lock(), "vi", True),
        (a_lock(), "fr", False),
        (a_lock(), EVERY_LOCALE, True),
        (a_lock(EVERY_LOCALE), "vi", True),
        (a_lock(EVERY_LOCALE), EVERY_LOCALE, True),
        (a_lock(holder="editor"), "vi", False),
        (a_lock(expires_at=MOMENT), "vi", False),
        (a_lock(expires_at=EARLIER), "vi", False),
    ],
)
def test_a_lock_stops_others_from_what_it_holds(lock, locale, stops):
    assert in_the_way([lock], locale, "editor", MOMENT) == ((lock,) if stops else ())


def test_whoever_is_stopped_is_told_by_whom():
    with pytest.raises(LockHeld) as refused:
        check_free([a_lock("fr"), a_lock("vi")], "vi", "editor", MOMENT)
    assert refused.value.extra["holder"] == "author"
    assert refused.value.extra["locale"] == "vi"
