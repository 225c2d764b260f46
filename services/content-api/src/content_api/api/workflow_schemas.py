# SPDX-License-Identifier: EUPL-1.2
"""The shapes of reviews, work, comments, locks, authority and the audit."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from communique.events.article import Kind
from communique.events.fields import Code, Country, Id, Items, Locale, Part, Shape, Text, When
from communique.web.operation import page_of
from content_api.domain.authority import Action, Power, Reason
from content_api.domain.comment import FIELDS, Wish
from content_api.domain.review import ReviewAction, ReviewState
from content_api.domain.roles import Role
from content_api.use_cases.assign import Task
from content_api.use_cases.rule_authority import NewRule


def _label(**options: Any) -> Text:
    return Text(most=200, **options)


def _words(**options: Any) -> Text:
    return Text(most=2_000, **options)


def _optional(make: Any, **options: Any) -> Any:
    return make(allow_none=True, load_default=None, **options)


class SubmitSchema(Shape):
    """What a reviewer should know."""

    note = _optional(_words)


class SendBackSchema(Shape):
    """Why a draft is not ready."""

    reason = _words(required=True)


class ReviewEventSchema(Shape):
    """One step of a review."""

    action = fields.Enum(ReviewAction, by_value=True)
    article = Id()
    draft = fields.Integer()
    caller = Text()
    at = When()
    words = Text(allow_none=True)
    returned_to = Text(allow_none=True)


class ReviewSchema(Shape):
    """Where the current draft stands, and every step so far, oldest first."""

    article = Id()
    draft = fields.Integer()
    state = fields.Enum(ReviewState, by_value=True)
    events = Items(Part(ReviewEventSchema))


class TaskSchema(Shape):
    """What is wanted of whom; `assignee` is the label of a key."""

    makes = Task
    assignee = _label(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    locale = _optional(Locale)
    due_at = _optional(When)
    note = _optional(_words)


class AssignmentSchema(Shape):
    """One piece of work."""

    id = Id()
    article = Id()
    assignee = Text()
    role = fields.Enum(Role, by_value=True)
    locale = Locale(allow_none=True)
    due_at = When(allow_none=True)
    note = Text(allow_none=True)
    assigned_by = Text()
    assigned_at = When()
    ended_at = When(allow_none=True)
    ended_by = Text(allow_none=True)
    done = fields.Boolean()


class AssignmentsSchema(Shape):
    """The work on an article, oldest first."""

    items = Items(Part(AssignmentSchema))


class LockQuerySchema(Shape):
    """Which text: one language, or all of them."""

    locale = Locale()


class LockInputSchema(Shape):
    """What to hold, for how many seconds; `steal` takes it from whoever holds it, with a reason."""

    locale = _optional(Locale)
    seconds = fields.Integer(strict=True, load_default=300, validate=validate.Range(10, 3_600))
    steal = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    reason = _optional(_words)


class LockSchema(Shape):
    """Who holds a text, and until when."""

    article = Id()
    locale = fields.Function(lambda lock: lock.locale or None)
    holder = Text()
    acquired_at = When()
    expires_at = When()


class LocksSchema(Shape):
    """The locks that hold now."""

    items = Items(Part(LockSchema))


class WorkSchema(Shape):
    """What waits for the caller."""

    assignments = Items(Part(AssignmentSchema))
    to_review = Items(Part(ReviewEventSchema))
    sent_back = Items(Part(ReviewEventSchema))
    locks = Items(Part(LockSchema))


class WishSchema(Shape):
    """Where to put a comment on the current draft: a language; a block or field; words in it."""

    makes = Wish
    locale = Locale(required=True)
    block = _optional(fields.Integer, strict=True, validate=validate.Range(0, 10_000))
    field = _optional(fields.String, validate=validate.OneOf(FIELDS))
    quote = _optional(Text, most=500)


class CommentInputSchema(Shape):
    """A remark, about a place in the draft or about the article as a whole."""

    text = Text(most=5_000, required=True)
    anchor = Part(WishSchema, allow_none=True, load_default=None)


class ReplyInputSchema(Shape):
    """An answer."""

    text = Text(most=5_000, required=True)


class CommentsQuerySchema(Shape):
    """Which threads to list."""

    locale = Locale()
    resolved = fields.Boolean()


class AnchorSchema(Shape):
    """Where a comment was put: `text` is what the block or field said then."""

    locale = Locale()
    draft = fields.Integer()
    block = fields.Integer(allow_none=True)
    field = fields.String(allow_none=True)
    quote = fields.String(allow_none=True)
    text = fields.String(allow_none=True)


class CommentSchema(Shape):
    """A remark or an answer."""

    id = Id()
    author = Text()
    at = When()
    text = Text()


class ThreadSchema(Shape):
    """A remark with its answers; `block` is where it stands now, unless it is outdated."""

    id = Id(attribute="comment.id")
    author = Text(attribute="comment.author")
    at = When(attribute="comment.at")
    text = Text(attribute="comment.text")
    anchor = Part(AnchorSchema, attribute="comment.anchor", allow_none=True)
    outdated = fields.Boolean(attribute="placed.outdated")
    block = fields.Integer(attribute="placed.block", allow_none=True)
    resolved_at = When(attribute="comment.resolved_at", allow_none=True)
    resolved_by = Text(attribute="comment.resolved_by", allow_none=True)
    replies = Items(Part(CommentSchema))


class ThreadsSchema(Shape):
    """The threads of an article, oldest first."""

    items = Items(Part(ThreadSchema))


class NewRuleSchema(Shape):
    """Who alone has a power over some articles: some roles, or keys by their labels."""

    makes = NewRule
    power = fields.Enum(Power, by_value=True, required=True)
    roles = Items(fields.Enum(Role, by_value=True), most=5, load_default=())
    labels = Items(_label(), most=100, load_default=())
    kind = _optional(fields.Enum, enum=Kind, by_value=True)
    topic = _optional(Code)
    place = _optional(Country)
    note = _optional(_words)

    @validates_schema
    def names_somebody(self, data: dict[str, Any], **_options: Any) -> None:
        """Refuse a rule that nobody could satisfy."""
        if not data["roles"] and not data["labels"]:
            raise ValidationError({"roles": ["Name a role here, or a key's label in labels."]})


class AuthorityQuerySchema(Shape):
    """Whether to list rules that have been ended, too."""

    ended = fields.Boolean(load_default=False)


class AuthorityRuleSchema(Shape):
    """One rule of authority."""

    id = Id()
    power = fields.Enum(Power, by_value=True)
    roles = Items(fields.Enum(Role, by_value=True))
    labels = Items(Text())
    kind = fields.Enum(Kind, by_value=True, allow_none=True)
    topic = Text(allow_none=True)
    place = Text(allow_none=True)
    note = Text(allow_none=True)
    created_by = Text()
    created_at = When()
    ended_by = Text(allow_none=True)
    ended_at = When(allow_none=True)


class AuthorityRulesSchema(Shape):
    """Rules of authority, oldest first."""

    items = Items(Part(AuthorityRuleSchema))


class PermissionSchema(Shape):
    """One action: whether the caller may, and why; `rule` decided, if there is one."""

    action = fields.Enum(Action, by_value=True)
    allowed = fields.Boolean()
    reason = fields.Enum(Reason, by_value=True)
    why = fields.String()
    rule = Id(allow_none=True)


class PermissionsSchema(Shape):
    """What the caller may do to the current draft."""

    article = Id()
    draft = fields.Integer()
    label = Text()
    roles = Items(fields.String())
    items = Items(Part(PermissionSchema))


class AuditQuerySchema(Shape):
    """Which acts to list."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    cursor = fields.Integer(validate=validate.Range(1, 2**63 - 1))


class AuditLineSchema(Shape):
    """One act."""

    position = fields.Integer()
    at = When()
    caller = Text()
    action = Text()
    details = fields.Dict()


AuditPageSchema = page_of(AuditLineSchema)
