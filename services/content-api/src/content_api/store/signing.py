# SPDX-License-Identifier: EUPL-1.2
"""Keep signing keys: encrypted while they sign, their public halves for ever."""

from collections.abc import Sequence
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine, Executable, Row, func, insert, select, update

from communique.errors import Unavailable
from content_api.domain.signature import KeyInUse, NoSuchSigningKey, PublicKey, SigningKey, new_key
from content_api.store.tables import PUBLISHED_CHANNEL, published
from content_api.store.tables_signing import signing_keys

_TRIES: Final = 3
_TABLE: Final = signing_keys
_PUBLIC: Final = [_TABLE.c[name] for name in ("kid", "public", "created_at")] + [
    _TABLE.c.replaced_at,
    _TABLE.c.retired_at,
]


class Vault:
    """Encrypts private keys, and remembers the one it has opened."""

    def __init__(self, keys: str) -> None:
        """Take Fernet keys, separated by commas, newest first."""
        self._fernet = MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])
        self._opened: SigningKey | None = None

    def close(self, key: SigningKey) -> bytes:
        """Encrypt the private half of a key."""
        return self._fernet.encrypt(key.private.private_bytes_raw())

    def open(self, kid: str, kept: bytes) -> SigningKey:
        """Decrypt the private half of a key.

        Raises:
            Unavailable: none of our keys opens it.
        """
        if self._opened is None or self._opened.kid != kid:
            try:
                private = Ed25519PrivateKey.from_private_bytes(self._fernet.decrypt(kept))
            except InvalidToken as error:
                raise Unavailable(
                    "COMMUNIQUE_SECRET_KEY does not open the signing key;"
                    " add its former value, or run `content-api signing rotate`"
                ) from error
            self._opened = SigningKey(kid, private)
        return self._opened


class StoredSigning:
    """The key that signs now, for one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        """Work in the connection's transaction."""
        self._connection = connection
        self._vault = vault

    def current(self) -> SigningKey:
        """Return the key; nobody can replace it before this transaction ends.

        Raises:
            Unavailable: there is none, or none that we can open.
        """
        query = (
            select(_TABLE.c.kid, _TABLE.c.private)
            .where(_TABLE.c.replaced_at.is_(None))
            .with_for_update(read=True)
        )
        for _ in range(_TRIES):  # a rotation that ends while we wait leaves the statement no row
            row = self._connection.execute(query).one_or_none()
            if row is not None:
                return self._vault.open(row.kid, row.private)
        raise Unavailable("there is no signing key; run `content-api migrate`")


class PostgresSigningKeys:
    """The keys as operators and readers see them."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Take the database, and what encrypts."""
        self._engine = engine
        self._vault = vault

    def all(self) -> Sequence[PublicKey]:
        """Return every key there ever was, newest first."""
        with self._engine.connect() as connection:
            query = select(*_PUBLIC).order_by(_TABLE.c.created_at.desc(), _TABLE.c.kid)
            return [_public(row) for row in connection.execute(query)]

    def find(self, kid: str) -> PublicKey | None:
        """Return a key by its name."""
        with self._engine.connect() as connection:
            row = connection.execute(select(*_PUBLIC).where(_TABLE.c.kid == kid)).one_or_none()
            return None if row is None else _public(row)

    def ensure(self) -> None:
        """Make the first key, unless there is one."""
        with self._engine.begin() as connection:
            connection.execute(_lock())
            if connection.execute(select(_TABLE.c.kid).limit(1)).first() is None:
                self._add(connection)

    def rotate(self) -> PublicKey:
        """Let a new key sign from now on; the private half of the former one is destroyed."""
        with self._engine.begin() as connection:
            connection.execute(_lock())
            connection.execute(
                update(_TABLE)
                .where(_TABLE.c.replaced_at.is_(None))
                .values(replaced_at=func.clock_timestamp(), private=None)
            )
            return self._add(connection)

    def retire(self, kid: str) -> None:
        """Publish a key no longer; what it signed is no longer vouched for.

        Raises:
            NoSuchSigningKey: there is none of this name.
            KeyInUse: it signs now, or something that is public was signed with it.
        """
        with self._engine.begin() as connection:
            connection.execute(_lock())
            query = select(_TABLE.c.replaced_at).where(_TABLE.c.kid == kid)
            row = connection.execute(query).one_or_none()
            if row is None:
                raise NoSuchSigningKey(kid)
            if row.replaced_at is None:
                raise KeyInUse("It is the key that signs now; rotate first.")
            count = select(func.count()).where(published.c.signed_by == kid)
            documents = connection.execute(count).scalar_one()
            if documents:
                raise KeyInUse(f"{documents} public documents are signed with it.")
            connection.execute(
                update(_TABLE)
                .where(_TABLE.c.kid == kid, _TABLE.c.retired_at.is_(None))
                .values(retired_at=func.clock_timestamp())
            )
            connection.execute(_changed())

    def _add(self, connection: Connection) -> PublicKey:
        made = new_key()
        row = connection.execute(
            insert(_TABLE)
            .values(
                kid=made.kid,
                public=made.private.public_key().public_bytes_raw(),
                private=self._vault.close(made),
            )
            .returning(*_PUBLIC)
        ).one()
        connection.execute(_changed())
        return _public(row)


def _lock() -> Executable:
    number = func.hashtextextended("content_api.signing_keys", 0)
    return select(func.pg_advisory_xact_lock(number))


def _changed() -> Executable:
    return select(func.pg_notify(PUBLISHED_CHANNEL, ""))


def _public(row: Row[tuple[object, ...]]) -> PublicKey:
    return PublicKey(
        kid=row.kid,
        public=bytes(row.public),
        created_at=row.created_at,
        replaced_at=row.replaced_at,
        retired_at=row.retired_at,
    )
