# SPDX-License-Identifier: EUPL-1.2
"""The glossary as a file: CSV or TBX-Basic, in and out."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, request
from flask_restx import Namespace, Resource

from communique.errors import UnsupportedMedia
from communique.web.auth import caller
from communique.web.operation import operation
from content_api.api.deps import deps
from content_api.api.terms import MANAGE, READ
from content_api.api.terms_schemas import (
    ExportQuerySchema,
    ImportQuerySchema,
    ImportReportSchema,
)
from content_api.use_cases.import_terms import ImportReport, export_terms, import_terms

api: Final = Namespace(
    "terms-files", path="/v1/desk/terms", description="Official names, as files."
)
MEDIA_TYPES: Final[Mapping[str, str]] = {"text/csv": "csv", "application/x-tbx": "tbx"}


@api.route("/import")
class ImportResource(Resource):
    """A file of terms."""

    @operation(
        rule=MANAGE,
        query=ImportQuerySchema,
        takes=tuple(MEDIA_TYPES),
        answers={200: ImportReportSchema, 413: None, 415: None, 422: None},
    )
    def put(self, *, query: dict[str, Any]) -> ImportReport:
        """Take all concepts of a file, or none; tell row and column of what was not understood."""
        form = MEDIA_TYPES.get(request.mimetype)
        if form is None:
            known = " or ".join(MEDIA_TYPES)
            raise UnsupportedMedia(f"Send {known}.", errors={"Content-Type": [f"Must be {known}."]})
        return import_terms(
            request.get_data(), form, deps(), caller=caller().label, dry_run=query["dry_run"]
        )


@api.route("/export")
class ExportResource(Resource):
    """The glossary as a file."""

    @operation(rule=READ, query=ExportQuerySchema, answers={200: "text/csv; charset=utf-8"})
    def get(self, *, query: dict[str, str]) -> Response:
        """Write the concepts in use as CSV, or as TBX-Basic with `format=tbx`."""
        form = query["format"]
        media_type = next(name for name, each in MEDIA_TYPES.items() if each == form)
        headers = {
            "Content-Disposition": f'attachment; filename="glossary.{form}"',
            "Cache-Control": "no-store",
        }
        return Response(
            export_terms(form, deps()),
            content_type=f"{media_type}; charset=utf-8",
            headers=headers,
        )
