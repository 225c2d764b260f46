# SPDX-License-Identifier: EUPL-1.2
"""The keys of the stack's users and the secrets of its components, generated once."""

import base64
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from local_stack.home import Home, read_json, write_json

Credentials: TypeAlias = Mapping[str, Any]

SERVICES: Final = ("content-api", "syndicator", "media-store")

SCOPES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "admin": {"content-api": ("*",), "syndicator": ("*",), "media-store": ("*",)},
    "desk.author": {
        "content-api": ("desk:write", "articles:read", "terms:read"),
        "media-store": ("media:write", "media:read"),
    },
    "desk.editor": {
        "content-api": (
            "desk:write",
            "desk:approve",
            "articles:read",
            "terms:read",
            "terms:manage",
        ),
        "media-store": ("media:read",),
    },
    "desk.publisher": {
        "content-api": (
            "desk:write",
            "desk:publish",
            "desk:approve",
            "articles:read",
            "terms:read",
        ),
        "media-store": ("media:read",),
        "syndicator": ("deliveries:read", "channels:manage"),
    },
    "reader": {"content-api": ("articles:read",), "media-store": ("media:read",)},
    "agency": {"syndicator": ("wire:press-agency",)},
}


@dataclass(frozen=True, slots=True)
class Registration:
    """One key that one service must know."""

    service: str
    label: str
    scopes: tuple[str, ...]
    secret: str


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only the components and services of this stack know."""

    database_password: str
    s3_access_key: str
    s3_secret_key: str
    secret_key: str
    facebook_token: str
    x_token: str
    webhook_secret: str


def load_credentials(home: Home) -> Credentials:
    """Return the keys of `credentials.json`, which is written at the first call."""
    path = home.path / "credentials.json"
    known = read_json(path)
    if isinstance(known, dict):
        return known
    fresh = {
        "admin": new_key(),
        "desk": {"author": new_key(), "editor": new_key(), "publisher": new_key()},
        "reader": new_key(),
        "agency": new_key(),
    }
    write_json(path, fresh)
    return fresh


def load_secrets(home: Home) -> Secrets:
    """Return the secrets of `secrets.json`, which is written at the first call."""
    path = home.path / "secrets.json"
    known = read_json(path)
    kept = known if isinstance(known, dict) else {}
    fresh = {
        "database_password": secrets.token_hex(16),
        "s3_access_key": secrets.token_hex(10),
        "s3_secret_key": secrets.token_hex(20),
        "secret_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "facebook_token": secrets.token_urlsafe(32),
        "x_token": secrets.token_urlsafe(32),
        "webhook_secret": "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    if fresh.keys() - kept.keys():
        kept = fresh | kept
        write_json(path, kept)
    return Secrets(**kept)


def new_key() -> str:
    """Return a key as the services know them: 256 random bits."""
    return "ck_" + secrets.token_urlsafe(32)


def registrations(credentials: Credentials) -> Iterator[Registration]:
    """Yield every key that must be known to a service."""
    for label, services in SCOPES.items():
        secret: Any = credentials
        for part in label.split("."):
            secret = secret[part]
        for service, scopes in services.items():
            yield Registration(service, label, scopes, secret)
