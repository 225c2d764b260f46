# SPDX-License-Identifier: EUPL-1.2
"""Find the bytes of an upload in a request: the body itself, or the field `file` of a form."""

import sys
from typing import Final

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header

from communique.errors import InvalidInput, TooLarge
from media_store.use_cases.ingest import Upload

_FORM: Final = "multipart/form-data"
_FORM_OVERHEAD: Final = 64 * 1024  # boundaries, part headers and small fields around the file


def upload_from_request(most_bytes: int, filename: str | None) -> Upload:
    """Return the upload; a body that is the picture itself is not read yet."""
    if request.mimetype == _FORM:
        return _from_form(_file(most_bytes), filename)
    request.max_content_length = sys.maxsize  # `ingest` counts, and says what the limit is
    return Upload(
        source=request.stream,
        field="/",
        declared_type=request.mimetype,
        declared_size=request.content_length,
        filename=filename or _disposition(),
    )


def _file(most_bytes: int) -> FileStorage | None:
    """Read the form; a large file in it goes to disk on the way."""
    request.max_content_length = most_bytes + _FORM_OVERHEAD
    try:
        return request.files.get("file")
    except RequestEntityTooLarge as error:
        raise TooLarge(
            "The form is over the limit.",
            errors={"/file": [f"At most {most_bytes} bytes."]},
            extra={"limit": most_bytes},
        ) from error


def _from_form(file: FileStorage | None, filename: str | None) -> Upload:
    if file is None:
        raise InvalidInput("The form has no file.", errors={"/file": ["Send the picture here."]})
    return Upload(
        source=file.stream,
        field="/file",
        declared_type=file.mimetype,
        filename=filename or file.filename,
    )


def _disposition() -> str | None:
    _, options = parse_options_header(request.headers.get("Content-Disposition"))
    return options.get("filename")
