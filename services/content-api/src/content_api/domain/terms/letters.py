# SPDX-License-Identifier: EUPL-1.2
"""Letters that look like others, marks that tell words apart, and characters that nobody sees."""

from typing import Final

#: The stroke of đ, which Unicode does not decompose.
STROKE: Final = "\u0335"
#: Marks that make another word; every other mark above or below a letter is decoration.
MARKS: Final = frozenset("\u0300\u0301\u0302\u0303\u0306\u0308\u0309\u031b\u0323\u0327" + STROKE)
#: Letters with a stroke, and those that pass for them.
STROKED: Final = {
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ɖ": "d", "Ɖ": "D", "ɗ": "d", "Ɗ": "D",
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T",
}  # fmt: skip

_CYRILLIC: Final = (
    "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ҺH ԀD ԌG ԚQ ԜW Ѵv ӀI ЁE ЇI ЌK ЎY "
    "аa вb еe ѕs іi јj кk мm нh оo рp сc тt уy хx үy һh ԁd ԍg ԛq ԝw ѵv ӏl ёe їi ќk ўy гr пn иu"
)
_GREEK: Final = (
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ "
    "αa βb εe ιi κk νv οo ρp τt υu χx ϲc ϳj ηn ωw γy σo ςs"
)
_LATIN: Final = (
    "ıi ɑa ɡg ɩi ʟL ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ǀl"
)
_ARMENIAN: Final = "օo սu հh ոn ցg ՕO ՍU ՏS ՈU ԼL"


def _pairs(*tables: str) -> dict[str, str]:
    return {pair[0]: pair[1] for table in tables for pair in table.split()}


#: Letters of other scripts, and unusual Latin ones, by the common Latin letter they look like.
LOOKALIKES: Final = _pairs(_CYRILLIC, _GREEK, _LATIN, _ARMENIAN)

#: What is not a format character in Unicode and yet shows nothing.
INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
DASHES: Final = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d")
APOSTROPHES: Final = frozenset("\u2018\u2019\u201b\u02bc\u02b9\u02bb\u2032\uff07\u00b4\u0060")


def is_han(letter: str) -> bool:
    """Tell whether it is a Chinese character; between those, spaces mean nothing."""
    return "\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003ffff"
