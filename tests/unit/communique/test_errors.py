# SPDX-License-Identifier: EUPL-1.2
import re

import pytest

from communique import errors


def every_error():
    return [
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, Exception)
    ]


def refusals():
    return [each for each in every_error() if issubclass(each, errors.Refused)]


@pytest.mark.parametrize("error", every_error())
def test_every_error_has_the_one_root_and_stands_in_the_drawing(error):
    assert issubclass(error, errors.CommuniqueError)
    assert re.search(rf"\b{error.__name__}\b", errors.__doc__)


def test_every_refusal_has_its_own_status_below_500():
    statuses = [each.status for each in refusals()]
    assert len(set(statuses)) == len(statuses)
    assert all(400 <= status < 500 for status in statuses)


@pytest.mark.parametrize("error", [each for each in refusals() if each is not errors.Refused])
def test_the_drawing_tells_the_status(error):
    line = next(line for line in errors.__doc__.splitlines() if f"─ {error.__name__} " in line)
    assert str(error.status) in line
