# SPDX-License-Identifier: EUPL-1.2
"""Credentials at rest: encrypted with the newest key, read with any that is still known."""

from cryptography.fernet import Fernet, MultiFernet


class Vault:
    """Encrypts and decrypts."""

    def __init__(self, keys: str) -> None:
        """Take Fernet keys, separated by commas, newest first."""
        self._fernet = MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])

    def close(self, secret: str) -> bytes:
        """Encrypt a secret."""
        return self._fernet.encrypt(secret.encode())

    def open(self, kept: bytes) -> str:
        """Decrypt a secret."""
        return self._fernet.decrypt(kept).decode()
