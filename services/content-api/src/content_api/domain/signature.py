# SPDX-License-Identifier: EUPL-1.2
"""Detached JWS (RFC 7515, RFC 7797; EdDSA with Ed25519) over the RFC 8785 form of a document.

What is signed is the whole document except its member `signature`.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from communique.errors import Conflict, NotFound

MEMBER: Final = "signature"
_HEADER: Final = {"alg": "EdDSA", "b64": False, "crit": ["b64"]}
_MOST_HEADER: Final = 400


class NoSuchSigningKey(NotFound):
    """There is no key of this name."""

    def __init__(self, kid: str) -> None:
        """Name it."""
        super().__init__(f"There is no signing key {kid}.")


class KeyInUse(Conflict):
    """The key cannot be retired yet."""


class NotSigned(ValueError):
    """There is no signature, or not one of ours in form."""


class NotCanonical(ValueError):
    """The document has no RFC 8785 form: a number or a text that JSON cannot carry safely."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, ready to sign."""

    kid: str
    private: Ed25519PrivateKey

    def sign(self, document: Mapping[str, Any]) -> str:
        """Return the signature of one of our own documents, whatever its `signature` is now."""
        rest = {name: value for name, value in document.items() if name != MEMBER}
        # Our keys are ASCII and our numbers integers, for which sorted orjson is RFC 8785 at a
        # fiftieth of the cost; a test holds the two to be the same.
        payload = orjson.dumps(rest, option=orjson.OPT_SORT_KEYS)
        header = _base64(orjson.dumps({**_HEADER, "kid": self.kid}))
        return f"{header}..{_base64(self.private.sign(f'{header}.'.encode() + payload))}"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key as everybody may know it: signing, replaced by a newer one, or retired."""

    kid: str
    public: bytes
    created_at: datetime
    replaced_at: datetime | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature taken apart."""

    header: str
    kid: str
    value: bytes

    def fits(self, document: Mapping[str, Any], public: bytes) -> bool:
        """Tell whether the key with that public half signed exactly this document.

        Raises:
            NotCanonical: the document cannot be one that was signed.
        """
        signed = f"{self.header}.".encode() + canonical(document)
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.value, signed)
        except InvalidSignature:
            return False
        return True


def new_key() -> SigningKey:
    """Make a key."""
    private = Ed25519PrivateKey.generate()
    return SigningKey(key_id(private.public_key().public_bytes_raw()), private)


def key_id(public: bytes) -> str:
    """Name a key by its RFC 7638 thumbprint."""
    thumb = orjson.dumps({"crv": "Ed25519", "kty": "OKP", "x": _base64(public)})
    return _base64(hashlib.sha256(thumb).digest())


def jwk(public: bytes) -> dict[str, str]:
    """Write the public half as a JSON Web Key (RFC 8037)."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": _base64(public),
        "kid": key_id(public),
        "alg": "EdDSA",
        "use": "sig",
    }


def canonical(document: Mapping[str, Any]) -> bytes:
    """Write a document from anywhere in the form that is signed: RFC 8785, without `signature`.

    Raises:
        NotCanonical: it has no such form.
    """
    rest = {name: value for name, value in document.items() if name != MEMBER}
    try:
        return rfc8785.dumps(rest)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def read(text: object) -> Signature:
    """Take a signature apart.

    Raises:
        NotSigned: it is not a detached JWS of the one form that we write.
    """
    if not isinstance(text, str):
        raise NotSigned("there is no signature")
    header, _, rest = text.partition(".")
    if not rest.startswith(".") or len(header) > _MOST_HEADER:
        raise NotSigned("not a detached JWS")
    try:
        words = orjson.loads(_bytes(header))
        value = _bytes(rest[1:])
    except (binascii.Error, ValueError) as error:
        raise NotSigned("not a detached JWS") from error
    kid = words.pop("kid", None) if isinstance(words, dict) else None
    if not isinstance(kid, str) or words != _HEADER:
        raise NotSigned("not a header that we write")
    return Signature(header, kid, value)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _base64(data) != text:  # one signature has one spelling
        raise NotSigned("not base64url")
    return data
