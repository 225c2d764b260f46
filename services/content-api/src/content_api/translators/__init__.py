# SPDX-License-Identifier: EUPL-1.2
"""Machines that translate, by the name an operator sets, listed by hand."""

from collections.abc import Mapping
from typing import Final

from content_api.ports import Translator
from content_api.translators.marking import MarkingTranslator

TRANSLATORS: Final[Mapping[str, Translator | None]] = {
    "none": None,
    "marking": MarkingTranslator(),
}
