# SPDX-License-Identifier: EUPL-1.2
"""What the public is told when an article is withdrawn."""

from collections.abc import Iterable, Mapping

from communique.errors import InvalidInput


def notices_for(
    locales: Iterable[str], source_locale: str, given: Mapping[str, str]
) -> dict[str, str]:
    """Return a notice for every live language; the source language's stands in where none is given.

    Raises:
        InvalidInput: a notice is missing, or one is for a language that is not live.
    """
    live = sorted(locales)
    errors = {
        f"/notices/{locale}": ["The article is not live in this language."]
        for locale in given
        if locale not in live
    }
    if source_locale not in live:
        needed = dict.fromkeys(live, "Required: the language it was written in is withdrawn.")
    else:
        needed = {source_locale: "Required: the language it was written in."}
    errors |= {
        f"/notices/{locale}": [reason] for locale, reason in needed.items() if locale not in given
    }
    if errors:
        raise InvalidInput("The notices do not fit the article.", errors=errors)
    return {locale: given.get(locale) or given[source_locale] for locale in live}
