# SPDX-License-Identifier: EUPL-1.2
"""Outbound HTTP: pinned addresses, no private ranges, no redirects, a deadline and a size limit.

Two failures are told apart because a caller must act on them differently: `NotSent` (the server has
seen nothing) and `NoAnswer` (it may have done what was asked).
"""

from communique.http_client.client import (
    AddressRefused,
    HttpAnswer,
    HttpClient,
    NoAnswer,
    NotSent,
)

__all__ = ["AddressRefused", "HttpAnswer", "HttpClient", "NoAnswer", "NotSent"]
