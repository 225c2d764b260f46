# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a translation.

Refused
├── NoTranslation     404  the language is the one it was written in
├── MachineOnly       409  a machine's word, that no person has saved or confirmed
├── WouldBeLost       409  text of the translation has no place in the form of the source
├── NoTranslator      409  no machine translation is set up
├── BadTranslation    409  a machine gave back something other than what it was asked for
├── StaleTranslation  412  If-Match names another state of the translation than the current one
└── NotXliff          422  not a file that we can take as a whole

ValueError
└── BrokenCodes            the inline codes of a unit are not those that were exported
"""

from collections.abc import Iterable, Mapping

from communique.errors import Conflict, InvalidInput, NotFound, PreconditionFailed


class NoTranslation(NotFound):
    """The language is the one that the article is written in."""

    def __init__(self, locale: str) -> None:
        """Name it."""
        super().__init__(f"The article is written in {locale}; that is no translation.")


class MachineOnly(Conflict):
    """A machine has translated it and nobody has saved or confirmed it since."""

    def __init__(self, locales: Iterable[str]) -> None:
        """Name the languages."""
        named = sorted(locales)
        super().__init__(
            f"Only a machine has translated it into {', '.join(named)}; a person must save or "
            "confirm that first.",
            errors={
                f"/locales/{locale}": ["Translated by a machine, seen by nobody."]
                for locale in named
            },
        )


class WouldBeLost(Conflict):
    """The source has another form now, and text of the translation has no place in it."""

    def __init__(self, addresses: Iterable[str]) -> None:
        """Name the segments of the translation."""
        super().__init__(
            "The form of the source has changed, and text of the translation has no place in it. "
            "Move or remove that text first.",
            errors={
                f"/segments/{address}": ["Has no counterpart in the source."]
                for address in addresses
            },
        )


class StaleTranslation(PreconditionFailed):
    """Somebody has saved, confirmed or imported the translation since."""

    def __init__(self, draft: int, number: int) -> None:
        """Name the current state."""
        etag = f'"d{draft}-t{number}"'
        super().__init__(
            f"The translation is at {etag}; If-Match names another state.",
            headers={"ETag": etag},
            extra={"current_etag": etag},
        )


class NoTranslator(Conflict):
    """Nobody has set up machine translation."""

    def __init__(self) -> None:
        """Name the setting."""
        super().__init__("No machine translation is set up (COMMUNIQUE_TRANSLATOR).")


class NotXliff(InvalidInput):
    """The file is not XLIFF 2, or not of this article and language."""

    def __init__(self, reason: str, place: str = "/") -> None:
        """Say what is wrong, and with which part."""
        super().__init__(f"Cannot take the file: {reason}", errors={place: [reason]})


class BrokenCodes(ValueError):
    """Inline codes of a unit are unknown, doubled, crossed or gone."""


class BadTranslation(Conflict):
    """A machine gave back something other than what it was asked for."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        """Name the segments."""
        super().__init__(
            "The machine's translation cannot be used; nothing was written.",
            errors={place: [reason] for place, reason in wrong.items()},
        )
