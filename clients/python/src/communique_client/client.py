# SPDX-License-Identifier: EUPL-1.2
"""The client: one server, one key."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Self

import httpx

from communique_client.articles import Articles
from communique_client.cache import Cache
from communique_client.models import Article
from communique_client.sync import Sync
from communique_client.transport import Patience, Transport

_AGENT: Final = "communique-client/0.1.0"


class Client:
    """Reads from one content API. Use it as a context manager, or `close` it; threads may share it.

    `key` is the API key (`ck_…`), or None where a proxy adds one.
    """

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        timeout: float = 30.0,
        patience: Patience | None = None,
        cache: Cache | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the address and the key; `transport` and `sleep` are for tests and proxies."""
        headers = {"Accept": "application/json", "User-Agent": _AGENT}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        self._http = httpx.Client(
            base_url=url.rstrip("/"), headers=headers, timeout=timeout, transport=transport
        )
        self._transport = Transport(
            self._http,
            cache=Cache() if cache is None else cache,
            patience=patience or Patience(),
            sleep=sleep,
        )
        self.articles = Articles(self._transport)
        self.sync = Sync(self._transport)
        self._verifier: Any = None

    def verify(self, article: Article | Mapping[str, Any]) -> str:
        """Check the signature of an article; return the name of the key. Needs the extra `verify`.

        Raises:
            NotAuthentic: it has no signature, or not a good one of a published key.
        """
        if self._verifier is None:
            from communique_client.verify import Verifier  # noqa: PLC0415  # an optional extra

            self._verifier = Verifier(self.keys)
        document = article.document if isinstance(article, Article) else article
        return str(self._verifier.verify(document))

    def keys(self) -> Any:
        """Return the keys that the ministry publishes, as a JSON Web Key Set."""
        return self._transport.get("/.well-known/jwks.json")

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the connections go."""
        self.close()
