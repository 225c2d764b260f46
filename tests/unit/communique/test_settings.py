# SPDX-License-Identifier: EUPL-1.2
import traceback
from dataclasses import FrozenInstanceError, dataclass

import pytest

from communique.errors import SettingMissing
from communique.settings import declared, flag, read, setting

SECRET = "-".join(["hush"] * 2)  # not as one word in a source line that a traceback shows


@dataclass(frozen=True, slots=True)
class Sample:
    url: str = setting("COMMUNIQUE_URL", "where it is")
    tries: int = setting("COMMUNIQUE_TRIES", "how often", default=3, parse=int)
    open: bool = setting("COMMUNIQUE_OPEN", "yes or no", default=False, parse=flag)


def test_settings_are_read_parsed_and_defaulted():
    assert read(Sample, {"COMMUNIQUE_URL": "x", "COMMUNIQUE_OPEN": "yes"}) == Sample("x", 3, True)


@pytest.mark.parametrize("environ", [{}, {"COMMUNIQUE_URL": ""}])
def test_a_missing_setting_is_named_with_its_meaning(environ):
    with pytest.raises(SettingMissing, match="Set COMMUNIQUE_URL: where it is") as caught:
        read(Sample, environ)
    assert caught.value.name == "COMMUNIQUE_URL"


def test_an_empty_value_means_the_default():
    assert read(Sample, {"COMMUNIQUE_URL": "x", "COMMUNIQUE_TRIES": ""}).tries == 3


@pytest.mark.parametrize("name", ["COMMUNIQUE_TRIES", "COMMUNIQUE_OPEN"])
def test_an_unreadable_value_is_named_and_shown_nowhere(name):
    with pytest.raises(ValueError, match=f"{name} cannot be read") as caught:
        read(Sample, {"COMMUNIQUE_URL": "x", name: SECRET})
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("TRUE", True), (" yes ", True), ("0", False), ("False", False), ("no", False)],
)
def test_flags(text, value):
    assert flag(text) is value


def test_settings_cannot_be_changed():
    sample = read(Sample, {"COMMUNIQUE_URL": "x"})
    with pytest.raises(FrozenInstanceError):
        sample.tries = 4


def test_declarations_are_listed_in_order():
    names = [each.metadata["name"] for each in declared(Sample)]
    assert names == ["COMMUNIQUE_URL", "COMMUNIQUE_TRIES", "COMMUNIQUE_OPEN"]
