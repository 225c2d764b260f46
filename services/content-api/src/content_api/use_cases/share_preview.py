# SPDX-License-Identifier: EUPL-1.2
"""Share a draft by token, take that back, and show what a token shows."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from communique.errors import InvalidInput, NotFound
from communique.ids import is_id, new_id
from content_api.domain.document import Document
from content_api.domain.preview import PREFIX, Preview, digest
from content_api.ports import Deps


class NoSuchPreview(NotFound):
    """No draft is shown under this token or name: it never was, has ended, or was taken back."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("There is no such preview, or it has ended.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a token shows: the draft, in the languages shared."""

    preview: Preview
    draft: int
    document: Document


def share_preview(  # each is a choice of the caller
    article_id: str,
    deps: Deps,
    *,
    caller: str,
    valid: timedelta,
    draft: int | None = None,
    locale: str | None = None,
) -> tuple[Preview, str]:
    """Make a token for a draft (none: always the latest); it is told only here.

    Raises:
        NoSuchArticle: there is no such article.
        InvalidInput: it has no such draft, or the draft has no such language.
    """
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        if draft is not None and not 1 <= draft <= article.draft_number:
            message = f"The article has drafts 1 to {article.draft_number}."
            raise InvalidInput("There is no such draft.", errors={"/draft": [message]})
        document = unit.drafts.get(article_id, draft or article.draft_number).document
        if locale is not None and locale not in document.locales:
            raise InvalidInput(
                "The draft is not in that language.",
                errors={"/locale": [f"The draft has {', '.join(sorted(document.locales))}."]},
            )
        token = PREFIX + secrets.token_urlsafe(32)
        now = unit.now()
        preview = Preview(new_id(), article_id, draft, locale, caller, now, now + valid)
        unit.previews.add(preview, digest(token))
        details = {"preview": preview.id, "draft": draft, "locale": locale}
        unit.audit.add(caller, "share preview", article_id, details)
        return preview, token


def list_previews(article_id: str, deps: Deps) -> Sequence[Preview]:
    """Return the previews of an article, newest first, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        return unit.previews.of(article_id)


def revoke_preview(article_id: str, preview: str, deps: Deps, *, caller: str) -> None:
    """End a preview now, or raise NoSuchArticle or NoSuchPreview."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        if not is_id(preview) or not unit.previews.revoke(article_id, preview):
            raise NoSuchPreview
        unit.audit.add(caller, "revoke preview", article_id, {"preview": preview})


def show_preview(token: str, deps: Deps) -> Shown:
    """Return the draft under a token, or raise NoSuchPreview."""
    if not token.isascii() or not token.startswith(PREFIX):
        raise NoSuchPreview
    with deps.unit_of_work() as unit:
        preview = unit.previews.find(digest(token))
        if preview is None:
            raise NoSuchPreview
        number = preview.draft or unit.articles.get(preview.article).draft_number
        document = unit.drafts.get(preview.article, number).document
    if preview.locale is not None:
        if preview.locale not in document.locales:  # a later draft may have dropped it
            raise NoSuchPreview
        only = {preview.locale: document.locales[preview.locale]}
        document = replace(document, locales=only)
    return Shown(preview, number, document)
