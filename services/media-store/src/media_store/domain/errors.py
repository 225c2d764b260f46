# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a picture, and with a wish to change one.

MediaError
├── Unreadable          the bytes can never become a picture; the asset is rejected with the reason
├── DecoderFailed       the decoder crashed or ran out of its limits; a few more tries are worth it
├── NoSuchBlob          storage does not hold that key
└── ImpossibleMove      the asset is not in a state that allows this
"""

from communique.errors import CommuniqueError


class MediaError(CommuniqueError):
    """The root of this service's own errors."""


class Unreadable(MediaError):
    """These bytes can never become a picture; trying again will not help."""

    def __init__(self, reason: str) -> None:
        """Keep a reason that a person can act on."""
        super().__init__(reason)
        self.reason = reason


class DecoderFailed(MediaError):
    """The decoder crashed, or used more memory or time than it may."""

    def __init__(self, reason: str) -> None:
        """Keep how it ended."""
        super().__init__(reason)
        self.reason = reason


class NoSuchBlob(MediaError):
    """Storage does not hold that key."""

    def __init__(self, key: str) -> None:
        """Keep the key."""
        super().__init__(f"no object at {key}")
        self.key = key


class ImpossibleMove(MediaError):
    """The asset is not in a state that allows this."""

    def __init__(self, present: str, wanted: str) -> None:
        """Keep both states."""
        super().__init__(f"an asset that is {present} cannot become {wanted}")
        self.present = present
        self.wanted = wanted
