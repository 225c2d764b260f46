# SPDX-License-Identifier: EUPL-1.2
"""The few words of our own on public pages, per language; English where we have no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says beside the text of the article."""

    corrected: str
    withdrawn: str
    not_found: str
    languages: str
    language: str | None = None


_OTHERWISE: Final = Words("Correction", "Withdrawn", "Not found", "Other languages")
_WORDS: Final[Mapping[str, Words]] = {
    "en": Words("Correction", "Withdrawn", "Not found", "Other languages", "English"),
    "vi": Words("Đính chính", "Đã thu hồi", "Không tìm thấy", "Ngôn ngữ khác", "Tiếng Việt"),
    "fr": Words("Rectificatif", "Retiré", "Page introuvable", "Autres langues", "Français"),
    "es": Words("Rectificación", "Retirado", "No encontrado", "Otros idiomas", "Español"),
    "zh-Hans": Words("更正", "已撤回", "未找到", "其他语言", "简体中文"),
    "ru": Words("Исправление", "Отозвано", "Не найдено", "Другие языки", "Русский"),
    "ar": Words("تصحيح", "تم سحبه", "غير موجود", "لغات أخرى", "العربية"),
}
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


def words(locale: str) -> Words:
    """Return the words for a language."""
    return _WORDS.get(locale, _OTHERWISE)


def direction(locale: str) -> str:
    """Return which way the language is written: rtl or ltr."""
    return "rtl" if locale.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
