"""Signing copies and updates with Ed25519. The secret key is a PEM file its holder keeps off every shared disk."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class KeyRefused(Exception):
    """A file that is no Ed25519 key, or a password that does not open it."""


class Signer:
    """Signs with one secret key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @property
    def public_key(self) -> str:
        """The public half, as 64 hexadecimal digits."""
        public = self._key.public_key()
        return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()

    def sign(self, message: bytes) -> str:
        """The signature over `message`, as 128 hexadecimal digits. The same message gives the same signature."""
        return self._key.sign(message).hex()


def needs_password(path: Path) -> bool:
    """Whether the key file is locked with a password."""
    return b"ENCRYPTED" in path.read_bytes()


def read_signer(path: Path, password: str | None = None) -> Signer:
    """The signer with the secret key of a PEM file (PKCS #8); KeyRefused when it cannot be used."""
    try:
        key = serialization.load_pem_private_key(
            path.read_bytes(), password.encode("utf-8") if password else None
        )
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyRefused(f"{path}: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused(f"{path}: not an Ed25519 key")
    return Signer(key)
