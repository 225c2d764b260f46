# SPDX-License-Identifier: EUPL-1.2
"""A Page as the Graph API shows it: posts with a link or photos, edits, withdrawals."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communique.clock import Clock
from local_stack.platforms.photos import PhotoError, Photos
from local_stack.platforms.posts import Draft, Post, Posts
from local_stack.platforms.store import Store, moment

PLATFORM = "facebook"
LIMIT = 63_206
FIRST_NUMBER = 120_000_000_000_000

Parameters = Mapping[str, Any]


class GraphError(Exception):
    """The Graph API says no, with the code that its clients know."""

    def __init__(
        self, code: int, message: str, *, status: int = 400, subcode: int | None = None
    ) -> None:
        """Say what is wrong."""
        super().__init__(message)
        self.code = code
        self.status = status
        self.subcode = subcode


@dataclass(frozen=True, slots=True)
class FacebookPages:
    """The Pages, by the token that each is managed with; nothing here is idempotent."""

    tokens: Mapping[str, str]
    store: Store
    posts: Posts
    photos: Photos
    clock: Clock

    def authorise(self, token: str | None, page: str) -> None:
        """Let only the Page's own token act on it."""
        if token is None or token not in self.tokens.values():
            raise GraphError(190, "Invalid OAuth access token - Cannot parse access token")
        if self.tokens.get(page) != token:
            raise GraphError(200, "(#200) The token has no permission for this Page", status=403)

    def publish(self, page: str, parameters: Parameters) -> Post:
        """Put a post on the Page."""
        draft = Draft(
            platform=PLATFORM,
            account=page,
            text=_message(parameters),
            link=parameters.get("link"),
            attachments=self._attached(page, parameters),
        )
        if not (draft.text or draft.link or draft.attachments):
            raise GraphError(100, "(#100) The post is empty. Please enter a message to share.")
        return self._add(draft)

    def add_photo(self, page: str, parameters: Parameters) -> tuple[str, Post | None]:
        """Collect a photo from its address; without `published=false` it becomes a post."""
        url = parameters.get("url")
        if not url:
            raise GraphError(100, "(#100) The parameter url is required")
        try:
            photo = self.photos.collect(page, str(url), self.clock.now())
        except PhotoError as error:
            raise GraphError(324, f"(#324) Missing or invalid image file: {error}") from error
        if str(parameters.get("published", "true")).lower() == "false":
            return photo.id, None
        caption = str(parameters.get("caption") or parameters.get("message") or "")
        draft = Draft(PLATFORM, page, _within_limit(caption), attachments=(photo.id,))
        return photo.id, self._add(draft)

    def edit(self, post: Post, parameters: Parameters) -> None:
        """Give a post another message; its link and photos stay."""
        message = _message(parameters)
        if not message:
            raise GraphError(100, "(#100) The parameter message is required")
        self.posts.edit(post, message, version_id=post.id, at=self.clock.now())

    def delete(self, post: Post) -> None:
        """Withdraw a post."""
        self.posts.delete(post, at=self.clock.now())

    def read(self, post_id: str) -> Post:
        """Return a post that readers see."""
        post = self.posts.find(PLATFORM, post_id)
        if post is None or not post.live:
            raise GraphError(
                100,
                f"Unsupported request. Object with ID '{post_id}' does not exist, cannot be loaded"
                " due to missing permissions, or does not support this operation",
                subcode=33,
            )
        return post

    def feed(self, page: str, parameters: Parameters) -> tuple[list[Post], bool]:
        """Return one page of live posts, newest first, and whether there are more."""
        since = _moment(parameters.get("since"))
        until = _moment(parameters.get("until"))
        before = read_cursor(parameters.get("after"))
        limit = _limit(parameters.get("limit", 25))
        found = [
            post
            for post in reversed(self.posts.all(PLATFORM, page))
            if post.live
            and (since is None or post.created_at >= since)
            and (until is None or post.created_at <= until)
            and (before is None or post.number < before)
        ]
        return found[:limit], len(found) > limit

    def _add(self, draft: Draft) -> Post:
        with self.store.transaction():
            live = [post for post in self.posts.all(PLATFORM, draft.account) if post.live]
            if live and draft.text and live[-1].text == draft.text:
                raise GraphError(506, "(#506) Duplicate status message", subcode=1455006)
            post_id = f"{draft.account}_{FIRST_NUMBER + self.posts.next_number()}"
            return self.posts.add(draft, version_id=post_id, at=self.clock.now())

    def _attached(self, page: str, parameters: Parameters) -> tuple[str, ...]:
        try:
            photo_ids = tuple(str(each["media_fbid"]) for each in _attached_media(parameters))
        except (ValueError, TypeError, KeyError) as error:
            raise GraphError(100, "(#100) Param attached_media must be an array") from error
        for photo_id in photo_ids:
            photo = self.photos.find(photo_id)
            if photo is None or photo.account != page:
                raise GraphError(100, f"(#100) Invalid media_fbid {photo_id}")
        return photo_ids


def write_cursor(post: Post) -> str:
    """Name a place in the feed."""
    return base64.urlsafe_b64encode(str(post.number).encode()).decode()


def read_cursor(cursor: str | None) -> int | None:
    """Find a place in the feed again."""
    if cursor is None:
        return None
    try:
        return int(base64.urlsafe_b64decode(cursor))
    except (binascii.Error, ValueError) as error:
        raise GraphError(100, "(#100) Invalid cursor") from error


def _message(parameters: Parameters) -> str:
    return _within_limit(str(parameters.get("message") or ""))


def _within_limit(text: str) -> str:
    if len(text) > LIMIT:
        raise GraphError(100, f"(#100) The message is longer than {LIMIT} characters")
    return text


def _attached_media(parameters: Parameters) -> list[Any]:
    numbered = [json.loads(parameters[n]) for n in parameters if n.startswith("attached_media[")]
    whole = parameters.get("attached_media", [])
    return [*(json.loads(whole) if isinstance(whole, str) else whole), *numbered]


def _limit(value: Any) -> int:
    if not str(value).isdigit() or int(value) < 1:
        raise GraphError(100, "(#100) Param limit must be a positive number")
    return min(int(value), 100)


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        text = str(value)
        return moment(float(text)) if text.isdigit() else datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise GraphError(100, "(#100) Invalid date") from error
