# SPDX-License-Identifier: EUPL-1.2
"""The few words of our own on public pages, per language; English where we have no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says beside the text of the article."""

    corrected: str
    withdrawn: str
    not_found: str
    languages: str
    skip: str
    draft: str
    language: str | None = None


_OTHERWISE: Final = Words(
    "Correction",
    "Withdrawn",
    "Not found",
    "Other languages",
    "Skip to the text",
    "Draft, not published",
)
_WORDS: Final[Mapping[str, Words]] = {
    "en": Words(
        "Correction",
        "Withdrawn",
        "Not found",
        "Other languages",
        "Skip to the text",
        "Draft, not published",
        "English",
    ),
    "vi": Words(
        "Đính chính",
        "Đã thu hồi",
        "Không tìm thấy",
        "Ngôn ngữ khác",
        "Đến nội dung",
        "Bản nháp, chưa xuất bản",
        "Tiếng Việt",
    ),
    "fr": Words(
        "Rectificatif",
        "Retiré",
        "Page introuvable",
        "Autres langues",
        "Aller au texte",
        "Projet non publié",
        "Français",
    ),
    "es": Words(
        "Rectificación",
        "Retirado",
        "No encontrado",
        "Otros idiomas",
        "Ir al texto",
        "Borrador no publicado",
        "Español",
    ),
    "zh-Hans": Words(
        "更正", "已撤回", "未找到", "其他语言", "跳到正文", "草稿，尚未发布", "简体中文"
    ),
    "ru": Words(
        "Исправление",
        "Отозвано",
        "Не найдено",
        "Другие языки",
        "К тексту",
        "Черновик, не опубликовано",
        "Русский",
    ),
    "ar": Words(
        "تصحيح", "تم سحبه", "غير موجود", "لغات أخرى", "إلى النص", "مسودة غير منشورة", "العربية"
    ),
}
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


def words(locale: str) -> Words:
    """Return the words for a language."""
    return _WORDS.get(locale, _OTHERWISE)


def direction(locale: str) -> str:
    """Return which way the language is written: rtl or ltr."""
    return "rtl" if locale.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def day(moment: str, locale: str) -> str:
    """Write the day of a moment as the language does; as in ISO 8601 where we do not know how."""
    try:
        known = Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        return moment[:10]
    return format_date(datetime.fromisoformat(moment), format="long", locale=known)
