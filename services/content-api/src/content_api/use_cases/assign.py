# SPDX-License-Identifier: EUPL-1.2
"""Give work to somebody, end it, and show somebody theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from communique.clock import rfc3339
from communique.errors import InvalidInput
from communique.ids import new_id
from content_api.domain.assignment import Assignment, NoSuchAssignment
from content_api.domain.authority import Action, Subject, may
from content_api.domain.locks import Lock
from content_api.domain.review import ReviewAction, ReviewEvent
from content_api.domain.roles import Person, Role
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.authorise import history_of

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Task:
    """What is wanted of whom."""

    assignee: str
    role: Role
    locale: str | None = None
    due_at: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that waits for one person; at most a hundred of each sort."""

    assignments: Sequence[Assignment]
    to_review: Sequence[ReviewEvent]
    sent_back: Sequence[ReviewEvent]
    locks: Sequence[Lock]


def assign(article_id: str, task: Task, deps: Deps, *, caller: str) -> Assignment:
    """Give somebody a piece of work on an article.

    Raises:
        NoSuchArticle: there is none.
        InvalidInput: it would be due before now.
    """
    with deps.unit_of_work() as unit:
        unit.articles.lock(article_id)
        now = unit.now()
        if task.due_at is not None and task.due_at <= now:
            raise InvalidInput("Check /due_at.", errors={"/due_at": ["Lies in the past."]})
        made = Assignment(
            id=new_id(),
            article=article_id,
            assignee=task.assignee,
            role=task.role,
            assigned_by=caller,
            assigned_at=now,
            locale=task.locale,
            due_at=task.due_at,
            note=task.note,
        )
        unit.assignments.add(made)
        unit.audit.add(caller, "assign", article_id, _details(made))
        return made


def end_assignment(
    article_id: str, assignment_id: str, deps: Deps, *, caller: str, done: bool
) -> Assignment:
    """Mark a piece of work as done, or cancel it; what has ended stays as it is.

    Raises:
        NoSuchArticle, NoSuchAssignment: there is none.
    """
    with deps.unit_of_work() as unit:
        unit.articles.lock(article_id)
        found = unit.assignments.find(assignment_id)
        if found is None or found.article != article_id:
            raise NoSuchAssignment
        if found.ended_at is not None:
            return found
        ended = replace(found, ended_at=unit.now(), ended_by=caller, done=done)
        unit.assignments.save(ended)
        unit.audit.add(caller, "finish" if done else "unassign", article_id, _details(ended))
        return ended


def list_assignments(article_id: str, deps: Deps) -> Sequence[Assignment]:
    """Return all of an article's, oldest first, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        return unit.assignments.of(article_id)


def my_work(deps: Deps, *, person: Person) -> Work:
    """Return what waits for somebody: given to them, to be reviewed by them, sent back to them."""
    with deps.unit_of_work() as unit:
        events = unit.reviews.open(_MOST)
        now = unit.now()
        return Work(
            assignments=unit.assignments.open_for(person.label, _MOST),
            to_review=[
                each
                for each in events
                if each.action is ReviewAction.SUBMIT and _may_approve(unit, each.article, person)
            ],
            sent_back=[each for each in events if each.returned_to == person.label],
            locks=[lock for lock in unit.locks.held_by(person.label) if lock.expires_at > now],
        )


def _may_approve(unit: UnitOfWork, article_id: str, person: Person) -> bool:
    article = unit.articles.get(article_id)
    document = unit.drafts.get(article_id, article.draft_number).document
    subject = Subject.of(document, article.state)
    history = history_of(unit, article)
    return may(person, Action.APPROVE, subject, unit.authority.list(), history).allowed


def _details(assignment: Assignment) -> dict[str, str]:
    due = assignment.due_at
    told = {
        "assignment": assignment.id,
        "assignee": assignment.assignee,
        "role": assignment.role.value,
        "locale": assignment.locale,
        "due_at": None if due is None else rfc3339(due),
    }
    return {name: value for name, value in told.items() if value is not None}
