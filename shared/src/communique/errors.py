# SPDX-License-Identifier: EUPL-1.2
"""Every error that shared code raises.

CommuniqueError
├── SettingMissing          a setting without default is not in the environment
├── InvalidEvent            bytes from Kafka that no consumer can read
│   └── UnknownMajorVersion an event of a future, incompatible shape
├── Refused                 a request that the caller must change; becomes a problem document
│   ├── InvalidInput        400/422, names the fields
│   ├── Unauthenticated     401
│   ├── Forbidden           403
│   ├── NotFound            404
│   ├── Conflict            409
│   ├── Gone                410
│   ├── PreconditionFailed  412
│   ├── TooLarge            413
│   ├── UnsupportedMedia    415
│   └── PreconditionMissing 428
└── Unavailable             503: a part we depend on does not answer; try again
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class CommuniqueError(Exception):
    """The root of every error this project raises."""


class SettingMissing(CommuniqueError):
    """A setting without a default is not set."""

    def __init__(self, name: str, meaning: str) -> None:
        """Keep the name of the environment variable."""
        super().__init__(f"Set {name}: {meaning}")
        self.name = name


class InvalidEvent(CommuniqueError):
    """A Kafka record that cannot be read; it belongs in the dead letters."""


class UnknownMajorVersion(InvalidEvent):
    """An event whose schema is newer than this consumer, in an incompatible way."""


class Unavailable(CommuniqueError):
    """A part we depend on (database, storage, broker) does not answer now."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Service unavailable"


class Refused(CommuniqueError):
    """A request that cannot be done as asked; RFC 9457 gives it its form."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "Bad request"
    blames: ClassVar[str | None] = None  # the header that is wrong, unless a raiser says more

    def __init__(
        self,
        detail: str,
        *,
        errors: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep a sentence for a person and, per field (a JSON pointer), what is wrong."""
        super().__init__(detail)
        self.detail = detail
        self.errors = dict(errors or ({self.blames: [detail]} if self.blames else {}))
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


class InvalidInput(Refused):
    """One or more fields are wrong; `errors` names each by JSON pointer."""

    status = 422
    title = "Invalid input"


class Unauthenticated(Refused):
    """No credential, or one we do not know."""

    status = 401
    title = "Unauthenticated"


class Forbidden(Refused):
    """A known caller that may not do this."""

    status = 403
    title = "Forbidden"


class NotFound(Refused):
    """There is no such thing, or it is not for this caller."""

    status = 404
    title = "Not found"


class Conflict(Refused):
    """The thing is not in a state that allows this."""

    status = 409
    title = "Conflict"


class Gone(Refused):
    """It was here and has been withdrawn."""

    status = 410
    title = "Gone"


class PreconditionFailed(Refused):
    """If-Match names another state than the present one."""

    status = 412
    title = "Precondition failed"
    blames = "If-Match"


class TooLarge(Refused):
    """The body is over the limit."""

    status = 413
    title = "Content too large"


class UnsupportedMedia(Refused):
    """The body is of a type we do not take."""

    status = 415
    title = "Unsupported media type"


class PreconditionMissing(Refused):
    """A change needs If-Match, so that nobody overwrites what they have not seen."""

    status = 428
    title = "Precondition required"
    blames = "If-Match"
