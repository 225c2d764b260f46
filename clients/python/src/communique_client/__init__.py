# SPDX-License-Identifier: EUPL-1.2
"""Reads what a Communiqué content API publishes."""

from communique_client.cache import Cache
from communique_client.client import Client
from communique_client.errors import (
    CommuniqueError,
    Forbidden,
    InvalidRequest,
    NoAnswer,
    NotAuthentic,
    NotFound,
    Problem,
    ServerError,
    TooManyRequests,
    Unauthenticated,
    Withdrawn,
)
from communique_client.models import Article, Page, Selection, Text
from communique_client.sync import Changes, Drop, Key, Put
from communique_client.transport import Patience

__all__ = [
    "Article",
    "Cache",
    "Changes",
    "Client",
    "CommuniqueError",
    "Drop",
    "Forbidden",
    "InvalidRequest",
    "Key",
    "NoAnswer",
    "NotAuthentic",
    "NotFound",
    "Page",
    "Patience",
    "Problem",
    "Put",
    "Selection",
    "ServerError",
    "Text",
    "TooManyRequests",
    "Unauthenticated",
    "Withdrawn",
]
