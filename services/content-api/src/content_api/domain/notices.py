# SPDX-License-Identifier: EUPL-1.2
"""What the public is told when an article is withdrawn."""

from collections.abc import Iterable, Mapping

from communique.errors import InvalidInput


def notices_for(
    locales: Iterable[str], source_locale: str, given: Mapping[str, str]
) -> dict[str, str]:
    """Return a notice for every live language; the source language's stands in where none is given.

    Raises:
        InvalidInput: the source language has no notice, or one is for a language that is not live.
    """
    live = sorted(locales)
    errors = {
        f"/notices/{locale}": ["The article is not live in this language."]
        for locale in given
        if locale not in live
    }
    if source_locale not in given:
        errors[f"/notices/{source_locale}"] = ["Required: the language it was written in."]
    if errors:
        raise InvalidInput("The notices do not fit the article.", errors=errors)
    return {locale: given.get(locale, given[source_locale]) for locale in live}
