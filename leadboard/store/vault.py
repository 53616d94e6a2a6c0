"""Secrets at rest: AES-256-GCM, bound to the row they are stored in (security sheet, 3.5).

A sealed text is `v1.<key id>.<nonce>.<text>`. The first key of the ring seals, every one of them opens: after a
rotation the old key stays in the ring until nothing is sealed with it.
"""

import base64
import os
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = "v1"
_NONCE = 12


class Unopened(Exception):
    """A sealed text cannot be opened: it was moved or damaged, or its key is not in the ring."""


class Vault:
    """Seals and opens with a ring of keys (32 bytes each), the newest first."""

    def __init__(self, ring: Sequence[bytes]) -> None:
        self._keys = {_id(key): AESGCM(key) for key in ring}
        self._newest = _id(ring[0])

    def seal(self, text: str, where: str) -> str:
        """The text, readable only with the key and only at this place."""
        nonce = os.urandom(_NONCE)
        sealed = self._keys[self._newest].encrypt(nonce, text.encode(), where.encode())
        return ".".join((VERSION, self._newest, _text(nonce), _text(sealed)))

    def open(self, sealed: str, where: str) -> str:
        """What was sealed at this place; `Unopened` for anything else."""
        try:
            version, key, nonce, text = sealed.split(".")
            if version != VERSION:
                raise Unopened
            return self._keys[key].decrypt(_bytes(nonce), _bytes(text), where.encode()).decode()
        except (ValueError, KeyError, InvalidTag) as error:
            raise Unopened from error


def place(table: str, column: str, row: UUID, workspace: UUID) -> str:
    """The one place a secret belongs to."""
    return f"{table}|{column}|{row}|{workspace}"


def _id(key: bytes) -> str:
    return sha256(b"key id" + key).hexdigest()[:8]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_vault: Vault | None = None


def use(vault: Vault | None) -> None:
    """Make this the process's vault (composition root and tests)."""
    global _vault
    _vault = vault


def current() -> Vault:
    """The process's vault."""
    if _vault is None:
        raise RuntimeError("No vault: the composition root makes one with vault.use().")
    return _vault
