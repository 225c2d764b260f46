# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a request to change or read an article.

Refused
├── NoSuchArticle     404  never there, or not live yet
├── NoSuchLocale      404  live, but not in that language
├── NoSuchVersion     404
├── NoSuchDraft       404
├── Withdrawn         410  was live and has been retracted; carries the notices
├── NotNow            409  the article is not in a state that allows this step
├── NotApproved       409  the current draft has not been approved
├── NotApprovedLocale 409  the words in this language have not been approved
├── NothingToPublish  409  no language would be public
├── UnknownAssets     409  a language shows pictures that were not published with the article
├── NoLongerHeld      410  an embargo has been lifted or cancelled; the press has no more of it
├── NoSuchRelease     404
├── NotThatRelease    409  the release is not in a state that allows this
├── Blocked           409  items of a release are not ready; names each with the reason
├── IdTaken           409  the chosen id belongs to another article
├── SlugTaken         409  another article has this address
├── FourEyes          403  the author of a draft may not approve it
├── StaleRelease      412  If-Match names another revision of the release than the current one
└── Stale             412  If-Match names another draft than the current one

ValueError
└── NotInline              text with elements that running text may not have
"""

from collections.abc import Iterable, Mapping

from communique.errors import Conflict, Forbidden, Gone, NotFound, PreconditionFailed


class NoSuchArticle(NotFound):
    """There is no such article, or none that the caller may know of."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("There is no such article.")


class NoSuchLocale(NotFound):
    """The article is live, but not in any of the languages asked for."""

    def __init__(self, asked: Iterable[str], available: Iterable[str]) -> None:
        """Name what was asked for and what there is."""
        super().__init__(
            f"The article is not available in {', '.join(asked)}.",
            extra={"available_locales": sorted(available)},
        )


class NoSuchVersion(NotFound):
    """The article has no such version."""

    def __init__(self, version: int) -> None:
        """Name it."""
        super().__init__(f"The article has no version {version}.")


class NoSuchDraft(NotFound):
    """The article has no such draft."""

    def __init__(self, draft: int) -> None:
        """Name it."""
        super().__init__(f"The article has no draft {draft}.")


class Withdrawn(Gone):
    """The article has been retracted."""

    def __init__(self, article: str, version: int, notices: Mapping[str, str]) -> None:
        """Carry the notice per locale."""
        super().__init__(
            "The article has been retracted.",
            extra={"article": article, "version": version, "notices": dict(notices)},
        )


class NotNow(Conflict):
    """The article is not in a state that allows this step."""

    def __init__(self, state: str, step: str) -> None:
        """Name the state and the step."""
        super().__init__(f"Cannot {step} an article that is {state}.", extra={"state": state})


class NotApproved(Conflict):
    """Only an approved draft can be published."""

    def __init__(self, draft: int) -> None:
        """Name the draft."""
        super().__init__(f"Draft {draft} has not been approved.")


class NotApprovedLocale(Conflict):
    """The words of the current draft in this language have not been approved."""

    def __init__(self, locale: str) -> None:
        """Name the language."""
        super().__init__(f"The text in {locale} has not been approved.", extra={"locale": locale})


class NothingToPublish(Conflict):
    """No language of the article would be public: that is what a retraction is for."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("No language would be left; retract the article instead.")


class UnknownAssets(Conflict):
    """A language shows pictures that the published description of the article does not have."""

    def __init__(self, locale: str, assets: Iterable[str]) -> None:
        """Name the language and the pictures."""
        super().__init__(
            f"The text in {locale} shows pictures that are not published with the article; "
            "publish the article as a whole.",
            extra={"locale": locale, "assets": sorted(assets)},
        )


class NoLongerHeld(Gone):
    """The embargo of an article has been lifted, or the article will not come."""

    def __init__(self, article: str, state: str) -> None:
        """Say which of the two."""
        super().__init__(f"The embargo has been {state}.", extra={"article": article})


class NoSuchRelease(NotFound):
    """There is no such release."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("There is no such release.")


class StaleRelease(PreconditionFailed):
    """Somebody has changed the release since."""

    def __init__(self, revision: int) -> None:
        """Name the current revision."""
        super().__init__(
            f"The release has revision {revision}; If-Match names another one.",
            headers={"ETag": f'"r{revision}"'},
            extra={"current_etag": f'"r{revision}"'},
        )


class NotThatRelease(Conflict):
    """The release is not in a state that allows this."""

    def __init__(self, state: str, step: str) -> None:
        """Name the state and the step."""
        super().__init__(f"Cannot {step} a release that is {state}.", extra={"state": state})


class Blocked(Conflict):
    """Items of a release are not ready to go live."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        """Name each item and what it waits for."""
        super().__init__(
            "Not every item is ready, and the release goes out as one.",
            errors={f"/items/{number}": [reason] for number, reason in sorted(reasons.items())},
        )


class IdTaken(Conflict):
    """The chosen id belongs to an article with other content."""

    def __init__(self, article: str) -> None:
        """Name the id."""
        super().__init__(
            f"Article {article} exists and was created with other content.",
            errors={"/id": ["Belongs to another article."]},
        )


class SlugTaken(Conflict):
    """Another article has this address in this language."""

    def __init__(self, locales: Iterable[str]) -> None:
        """Name the fields."""
        super().__init__(
            "Another article has this address.",
            errors={
                f"/locales/{locale}/slug": ["Belongs to another article."] for locale in locales
            },
        )


class FourEyes(Forbidden):
    """Whoever wrote a draft may not approve it."""

    def __init__(self) -> None:
        """Say the rule."""
        super().__init__("Somebody who has not written this draft must approve it (four eyes).")


class Stale(PreconditionFailed):
    """Somebody has saved another draft since."""

    def __init__(self, current: int) -> None:
        """Name the current draft, so that the caller can fetch it."""
        super().__init__(
            f"The current draft is {current}; If-Match names another one.",
            headers={"ETag": f'"d{current}"'},
            extra={"current_etag": f'"d{current}"'},
        )


class NotInline(ValueError):
    """A text has elements, attributes or links that running text may not have."""
