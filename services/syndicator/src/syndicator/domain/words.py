# SPDX-License-Identifier: EUPL-1.2
"""The few words that formatters add to an article, in its own language."""

from dataclasses import dataclass

FALLBACK = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
WIDE_COLON = "："  # Chinese and Japanese set their own colon, and no space after it


@dataclass(frozen=True, slots=True)
class Words:
    """`correction`, `retraction` and `withdrawn` stand before a sentence; `notice` is one."""

    correction: str
    retraction: str
    withdrawn: str
    notice: str


WORDS = {
    "ar": Words("تصحيح:", "سحب:", "تم سحبه:", "تم سحب هذا النص."),
    "en": Words("Correction:", "Retraction:", "Withdrawn:", "This text has been withdrawn."),
    "es": Words("Corrección:", "Retractación:", "Retirado:", "Este texto ha sido retirado."),
    "fr": Words("Rectificatif :", "Retrait :", "Retiré :", "Ce texte a été retiré."),
    "ja": Words(
        "訂正" + WIDE_COLON,
        "撤回" + WIDE_COLON,
        "撤回済み" + WIDE_COLON,
        "この文書は撤回されました。",
    ),
    "ru": Words("Исправление:", "Отзыв:", "Отозвано:", "Этот текст отозван."),
    "vi": Words("Đính chính:", "Thu hồi:", "Đã thu hồi:", "Văn bản này đã được thu hồi."),
    "zh-Hans": Words(
        "更正" + WIDE_COLON, "撤回" + WIDE_COLON, "已撤回" + WIDE_COLON, "本文已撤回。"
    ),
}


def words(locale: str) -> Words:
    """Return the words of a language: of the tag itself, of a shorter one, or English."""
    subtags = locale.split("-")
    for length in range(len(subtags), 0, -1):
        found = WORDS.get("-".join(subtags[:length]))
        if found is not None:
            return found
    return WORDS[FALLBACK]


def led_by(lead: str, sentence: str) -> str:
    """Put one of the words before a sentence."""
    return lead + sentence if lead.endswith(WIDE_COLON) else f"{lead} {sentence}"


def right_to_left(locale: str) -> bool:
    """Tell whether the language is written from right to left."""
    return locale.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT
