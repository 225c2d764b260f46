# SPDX-License-Identifier: EUPL-1.2
"""Accounts as X keeps them: weighted length, no twins, edits for half an hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unicodedata import normalize

from communique.clock import Clock
from local_stack.platforms.posts import Draft, Post, Posts
from local_stack.platforms.store import Store
from local_stack.platforms.weight import LIMIT, weighted_length

PLATFORM = "x"
EDITABLE_FOR = timedelta(minutes=30)
EDITS = 5
EPOCH_MILLISECONDS = 1_288_834_974_657
KNOWN = {"text", "reply", "edit_options"}


class ProblemError(Exception):
    """X says no, in its own words."""

    def __init__(
        self, status: int, title: str, detail: str, *, messages: tuple[str, ...] = ()
    ) -> None:
        """Say what is wrong."""
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.messages = messages


@dataclass(frozen=True, slots=True)
class XAccounts:
    """The accounts, by the token that each writes with; nothing here is idempotent."""

    tokens: Mapping[str, str]
    store: Store
    posts: Posts
    clock: Clock

    def authorise(self, token: str | None) -> str:
        """Return the account that a token writes for."""
        for user, known in self.tokens.items():
            if known == token:
                return user
        raise ProblemError(401, "Unauthorized", "Unauthorized")

    def publish(self, user: str, body: Mapping[str, Any]) -> Post:
        """Put up a post, a reply, or a newer version of a post."""
        text = _text(body)
        parent = _reference(body, "reply", "in_reply_to_tweet_id")
        previous = _reference(body, "edit_options", "previous_post_id")
        with self.store.transaction():
            if previous is not None:
                return self._edit(user, previous, text)
            if parent is not None and self.find_live(parent) is None:
                raise _forbidden(
                    "You attempted to reply to a Tweet that is deleted or not visible to you."
                )
            self._refuse_twin(user, text, but=None)
            draft = Draft(PLATFORM, user, text, parent=parent)
            return self.posts.add(draft, version_id=self._next_id(), at=self.clock.now())

    def delete(self, user: str, post_id: str) -> None:
        """Delete a post with all its versions; a second time changes nothing."""
        post = self.posts.find(PLATFORM, post_id)
        if post is None:
            raise ProblemError(404, "Not Found Error", f"Could not find tweet with id: [{post_id}]")
        if post.account != user:
            raise _forbidden("You are not permitted to delete this Tweet.")
        self.posts.delete(post, at=self.clock.now())

    def find_live(self, post_id: str) -> Post | None:
        """Return a post that readers see, by the id of any of its versions."""
        post = self.posts.find(PLATFORM, post_id)
        return post if post is not None and post.live else None

    def timeline(self, user: str, *, since_id: str | None, until_id: str | None) -> list[Post]:
        """Return an account's live posts, newest first, each at its last version."""
        return sorted(
            (
                post
                for post in self.posts.all(PLATFORM, user)
                if post.live
                and (since_id is None or int(post.id) > int(since_id))
                and (until_id is None or int(post.id) < int(until_id))
            ),
            key=lambda post: int(post.id),
            reverse=True,
        )

    def _edit(self, user: str, previous: str, text: str) -> Post:
        post = self.find_live(previous)
        if post is None or post.account != user or post.id != previous:
            raise _forbidden("The Tweet to edit is not the latest version of one of yours.")
        if len(post.versions) > EDITS:
            raise _forbidden("This Tweet has no edits left.")
        if self.clock.now() - post.created_at > EDITABLE_FOR:
            raise _forbidden("This Tweet can no longer be edited.")
        self._refuse_twin(user, text, but=post)
        return self.posts.edit(post, text, version_id=self._next_id(), at=self.clock.now())

    def _refuse_twin(self, user: str, text: str, *, but: Post | None) -> None:
        for post in self.posts.all(PLATFORM, user):
            if post.live and post.text == text and (but is None or post.number != but.number):
                raise _forbidden("You are not allowed to create a Tweet with duplicate content.")

    def _next_id(self) -> str:
        milliseconds = int(self.clock.now().timestamp() * 1000) - EPOCH_MILLISECONDS
        return str((milliseconds << 22) | (self.posts.next_number() & 0x3FFFFF))


def invalid(*messages: str) -> ProblemError:
    """Make the error for a body or query that X cannot take."""
    return ProblemError(
        400,
        "Invalid Request",
        "One or more parameters to your request was invalid.",
        messages=messages,
    )


def _forbidden(detail: str) -> ProblemError:
    return ProblemError(403, "Forbidden", detail)


def _text(body: Mapping[str, Any]) -> str:
    unknown = sorted(set(body) - KNOWN)
    if unknown:
        raise invalid(*(f"[$.{name}] is not defined in the schema" for name in unknown))
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise invalid("[$.text] must be a text that is not empty")
    text = normalize("NFC", text)
    length = weighted_length(text)
    if length > LIMIT:
        raise invalid(f"[$.text] weighs {length}; at most {LIMIT} is allowed")
    return text


def _reference(body: Mapping[str, Any], outer: str, inner: str) -> str | None:
    if outer not in body:
        return None
    value = body[outer].get(inner) if isinstance(body[outer], dict) else None
    if not isinstance(value, str) or not value.isdigit():
        raise invalid(f"[$.{outer}.{inner}] must be the id of a Tweet")
    return value
