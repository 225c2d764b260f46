# SPDX-License-Identifier: EUPL-1.2
"""A destination that keeps what it was sent and can be told to fail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from communique.events.delivery import Action
from syndicator.ports import Capabilities, Order, OutcomeUnknown, Placed, Rendered, Retry, View

_ALL: Final = frozenset(set(Action) - {Action.NOTHING})
LOOKING: Final = Capabilities(_ALL, dict.fromkeys(_ALL, Retry.LOOK), exact=False, pull=False)
SAFE: Final = replace(LOOKING, retry=dict.fromkeys(_ALL, Retry.SAFE))
BLIND: Final = replace(LOOKING, retry=dict.fromkeys(_ALL, Retry.PERSON))


@dataclass
class Post:
    """What stands at the fake platform."""

    id: str
    reference: str
    version: int
    parent: str | None = None
    live: bool = True


@dataclass
class FakePlatform:
    """A connector and what it talks to, in one.

    The next calls raise what stands in `before` (nothing is done) or in `after` (it is done), one
    error each. `keep` runs inside every call.
    """

    posts: list[Post] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    looks: list[Order] = field(default_factory=list)
    before: list[Exception] = field(default_factory=list)
    after: list[Exception] = field(default_factory=list)
    keep: Callable[[Order], None] = lambda _order: None
    actions: frozenset[Action] = LOOKING.actions
    retry: Mapping[Action, Retry] = field(default_factory=lambda: LOOKING.retry)
    exact: bool = False
    pull: bool = False

    def perform(self, order: Order) -> Placed:
        """Do it, and then fail if told to."""
        self.orders.append(order)
        self.keep(order)
        if self.before:
            raise self.before.pop(0)
        post = self._do(order)
        if self.after:
            raise self.after.pop(0)
        return Placed(post.id, f"https://social.example/{post.id}")

    def look(self, order: Order) -> Placed | None:
        """Search by the link, among what is live and not known already."""
        self.looks.append(order)
        if self.before:
            raise self.before.pop(0)
        for post in self.live:
            replies = post.parent is not None
            if replies == (order.action is Action.REPLY) and post.id not in order.replies:
                done = post.version >= order.version or order.action is Action.CREATE
                if post.reference == order.reference and done:
                    return Placed(post.id, f"https://social.example/{post.id}")
        return None

    @property
    def live(self) -> list[Post]:
        """Return what readers see."""
        return [post for post in self.posts if post.live]

    def _do(self, order: Order) -> Post:
        if order.action is Action.CREATE:
            return self._add(order, None)
        if order.placed is None:
            raise OutcomeUnknown("asked to change nothing")
        if order.action in {Action.REPLY, Action.NOTICE}:
            return self._add(order, order.placed.external_id)
        post = next(post for post in self.posts if post.id == order.placed.external_id)
        post.version = order.version
        if order.action is Action.DELETE:
            for each in self.posts:
                each.live = each.live and each is not post and each.id not in order.replies
        return post

    def _add(self, order: Order, parent: str | None) -> Post:
        post = Post(f"post-{len(self.posts) + 1}", order.reference, order.version, parent)
        self.posts.append(post)
        return post


class TitleFormatter:
    """Writes the title, and counts how often it was asked."""

    media_type = "text/plain"

    def __init__(self) -> None:
        """Start at nothing."""
        self.views: list[View] = []

    def render(self, view: View) -> Rendered:
        """Write the title."""
        self.views.append(view)
        return Rendered(view.article.locales[view.served_locale].title.encode(), self.media_type)


class BrokenFormatter:
    """Crashes on every article."""

    media_type = "text/plain"

    def render(self, view: View) -> Rendered:
        """Crash."""
        raise ZeroDivisionError(view.article.id)
