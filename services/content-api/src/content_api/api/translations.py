# SPDX-License-Identifier: EUPL-1.2
"""What translators do: compare, confirm, send out and take back, let a machine begin."""

import re
from typing import Any, Final

from flask import Response, request
from flask_restx import Namespace, Resource

from communique.errors import PreconditionMissing, UnsupportedMedia
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps, locale_in_path
from content_api.api.permit import permit_locale
from content_api.api.translation_schemas import (
    SideBySideSchema,
    TranslationSchema,
    TranslationsSchema,
)
from content_api.domain.translation import Origin
from content_api.use_cases.confirm_translation import confirm_translation
from content_api.use_cases.import_translation import import_translation
from content_api.use_cases.inspect_translations import (
    Overview,
    export_translation,
    list_translations,
    read_translation,
)
from content_api.use_cases.keep_translations import Seen
from content_api.use_cases.machine_translate import machine_translate

api: Final = Namespace(
    "translations", path="/v1/desk/articles", description="Translations and their source."
)
WRITE: Final = scope("desk:write")
XLIFF: Final = "application/xliff+xml"
_CHANGES: Final = {404: None, 409: None, 412: None, 422: None, 428: None}
_SEEN: Final = ("If-Match",)
_ETAG: Final = re.compile(r'"d([1-9][0-9]{0,8})(?:-t([0-9]{1,9}))?"')
Answer = tuple[Any, int, dict[str, str]]


@api.route("/<string:id>/translations")
class TranslationsResource(Resource):
    """Every translation of an article."""

    @operation(rule=WRITE, answers={200: TranslationsSchema, 404: None})
    def get(self, *, id: str) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """Tell of each translation how many segments are behind their source."""
        article, found = list_translations(article_id(id), deps())
        return {
            "article": article.article,
            "draft": article.number,
            "source_locale": article.document.source_locale,
            "items": [_told(each) for each in found],
        }


@api.route("/<string:id>/translations/<string:locale>")
class TranslationResource(Resource):
    """One translation beside its source."""

    @operation(rule=WRITE, answers={200: SideBySideSchema, 304: None, 404: None, 422: None})
    def get(self, *, id: str, locale: str) -> Answer | Response:  # noqa: A002  # as the path calls it
        """Compare source and target segment by segment, with what changed since."""
        found = read_translation(article_id(id), locale_in_path(locale), deps())
        headers = _headers(found)
        if request.if_none_match.contains_weak(headers["ETag"].strip('"')):
            return Response(status=304, headers=headers)
        told = {
            **_told(found),
            "article": found.standing.article.id,
            "source_locale": found.standing.document.source_locale,
            "items": found.rows,
        }
        return told, 200, headers


@api.route("/<string:id>/translations/<string:locale>/confirm")
class ConfirmTranslationResource(Resource):
    """The word of a translator."""

    @operation(rule=WRITE, answers={200: TranslationSchema, **_CHANGES}, headers=_SEEN)
    def post(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Say that the translation is right for the present source, as it is."""
        wanted = _permitted(id, locale)
        return _line(confirm_translation(*wanted, deps(), caller=caller().label, seen=_seen()))


@api.route("/<string:id>/translations/<string:locale>/machine-translate")
class MachineTranslateResource(Resource):
    """A machine's first attempt."""

    @operation(rule=WRITE, answers={200: TranslationSchema, **_CHANGES}, headers=_SEEN)
    def post(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Let a machine translate, in the next draft, what is missing or behind its source.

        The language is marked `machine_translated` and cannot be approved before a person has saved
        or confirmed it.
        """
        wanted = _permitted(id, locale)
        return _line(machine_translate(*wanted, deps(), caller=caller().label, seen=_seen()))


@api.route("/<string:id>/translations/<string:locale>.xlf")
class XliffResource(Resource):
    """A translation as a file for translation bureaus."""

    @operation(rule=WRITE, answers={200: XLIFF, 404: None, 422: None})
    def get(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Export as XLIFF 2.1: one unit per segment of the source."""
        found, content = export_translation(article_id(id), locale_in_path(locale), deps())
        name = f"{found.standing.article.id}.{found.standing.locale}.xlf"
        disposition = f'attachment; filename="{name}"'
        return content, 200, {**_headers(found), "Content-Disposition": disposition}

    @operation(
        rule=WRITE,
        takes=(XLIFF,),
        answers={200: TranslationSchema, 413: None, 415: None, **_CHANGES},
        headers=_SEEN,
    )
    def put(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Import XLIFF 2: all of it in the next draft, or nothing; each wrong unit is named."""
        wanted = _permitted(id, locale)
        if request.mimetype != XLIFF:
            raise UnsupportedMedia(f"Send {XLIFF}.", errors={"Content-Type": [f"Must be {XLIFF}."]})
        content = request.get_data()
        return _line(
            import_translation(*wanted, content, deps(), caller=caller().label, seen=_seen())
        )


def _permitted(article: str, locale: str) -> tuple[str, str]:
    """Return what a path names, if the caller may change it."""
    wanted = article_id(article), locale_in_path(locale)
    permit_locale(*wanted)
    return wanted


def _told(found: Overview) -> dict[str, Any]:
    standing, record = found.standing, found.standing.record
    there = standing.locale in standing.document.locales
    return {
        "locale": standing.locale,
        "state": ("stale" if found.stale else "fresh") if there else "missing",
        "segments": len(found.rows),
        "stale": found.stale,
        "percentage": found.percentage,
        "draft": standing.draft.number,
        "source_draft": record and record.source_draft,
        "origin": record and record.origin,
        "by": record and record.by,
        "at": record and record.at,
        "machine_only": record is not None and record.origin is Origin.MACHINE,
    }


def _line(found: Overview) -> Answer:
    return _told(found), 200, _headers(found)


def _headers(found: Overview) -> dict[str, str]:
    standing = found.standing
    etag = f'"d{standing.draft.number}-t{standing.number}"'
    return {"ETag": etag, "Cache-Control": "no-store"}


def _seen() -> Seen:
    """Return the draft, and the record of the translation if it is named, in If-Match.

    Raises:
        PreconditionMissing: the header is not there.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionMissing(
            'Send If-Match with the ETag of what you have seen, such as "d3" or "d3-t1".',
            errors={"If-Match": ["Required."]},
        )
    match = _ETAG.fullmatch(given.strip())
    if match is None:
        return Seen(0)
    return Seen(int(match[1]), None if match[2] is None else int(match[2]))
