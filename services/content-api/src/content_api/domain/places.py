# SPDX-License-Identifier: EUPL-1.2
"""Countries and territories of ISO 3166-1 and their names in any language, from CLDR."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

#: Two letters in CLDR that are no official code of ISO 3166-1: reserved, or assigned by users.
_NOT_ISO: Final = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
)


@cache
def countries() -> frozenset[str]:
    """Return the codes of ISO 3166-1 alpha-2."""
    return frozenset(
        code
        for code in map(str, Locale("en").territories)
        if len(code) == 2 and code.isalpha() and code not in _NOT_ISO
    )


def exists(place: str) -> bool:
    """Tell whether a place is in a country that there is; `VN-HN` is in VN."""
    return place.partition("-")[0] in countries()


@cache
def names(locale: str) -> Mapping[str, str] | None:
    """Return the names of all countries in a language; None when CLDR does not speak it."""
    try:
        found = Locale.parse(locale, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return None
    return {code: found[code] for code in sorted(countries()) if code in found}
