# SPDX-License-Identifier: EUPL-1.2
"""Check the signature of a document with stock libraries: joserfc and rfc8785."""

from collections.abc import Callable, Mapping
from typing import Any

import rfc8785
from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from communique_client.errors import NotAuthentic


class _EdDsaAlone(JWSRegistry):
    """Knows one algorithm; joserfc warns of its name, which RFC 9864 would have otherwise."""

    def get_alg(self, name: str) -> Any:
        if name != "EdDSA":
            raise UnsupportedAlgorithmError(f"{name} is not what the ministry signs with")
        return self.algorithms[name]


class Verifier:
    """Knows the ministry's keys, and asks for them again when a new one appears."""

    def __init__(self, fetch: Callable[[], Any]) -> None:
        """Take what fetches the set of keys."""
        self._fetch = fetch
        self._keys: KeySet | None = None

    def verify(self, document: Mapping[str, Any]) -> str:
        """Return the name of the key that signed the document.

        Raises:
            NotAuthentic: there is no signature, or not a good one of a published key.
        """
        rest = {name: value for name, value in document.items() if name != "signature"}
        signature = document.get("signature")
        if not isinstance(signature, str):
            raise NotAuthentic("The document is not signed.")
        try:
            signed = rfc8785.dumps(rest)
            kid = jws.extract_compact(signature.encode(), signed).headers().get("kid")
            found = jws.deserialize_compact(
                signature, self._key(kid), registry=_EdDsaAlone(), payload=signed
            )
        except (JoseError, ValueError) as error:
            raise NotAuthentic(f"The signature does not fit the document: {error}") from error
        return str(found.headers()["kid"])

    def _key(self, kid: object) -> Any:
        for fresh in (False, True):
            if fresh or self._keys is None:
                self._keys = KeySet.import_key_set(self._fetch())
            for key in self._keys.keys:
                if key.kid == kid:
                    return key
        raise NotAuthentic(f"The ministry publishes no key {kid}.")
