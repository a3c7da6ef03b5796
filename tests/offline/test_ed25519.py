"""Verifying signatures in plain Python: the vectors of RFC 8032 (7.1), and the library that signs."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.offline.portable.ed25519 import ORDER, P, verify

# (secret key, public key, message, signature)
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2465"
            "5141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb0"
            "0d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc0"
            "27beceea1ec40a"
        ),
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a"
            "9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9"
            "bef1177331a704"
        ),
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_vectors_of_rfc_8032(secret: str, public: str, message: str, signature: str) -> None:
    key, text, signed = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    made = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert made.public_key().public_bytes_raw() == key
    assert made.sign(text) == signed
    assert verify(key, text, signed)
    assert not verify(key, text + b"x", signed)
    for place in range(len(signed)):
        changed = bytearray(signed)
        changed[place] ^= 1
        assert not verify(key, text, bytes(changed))


@settings(max_examples=15, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 255))
def test_agrees_with_the_library_that_signs(seed: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes_raw()
    signature = key.sign(message)
    assert verify(public, message, signature)
    other = bytearray(public)
    other[bit // 8] ^= 1 << bit % 8
    assert not verify(bytes(other), message, signature)


def test_a_scalar_above_the_order_is_refused() -> None:
    """Else each signature would have a second form."""
    _, public, message, signature = VECTORS[1]
    scalar = int.from_bytes(bytes.fromhex(signature)[32:], "little") + ORDER
    second = bytes.fromhex(signature)[:32] + scalar.to_bytes(32, "little")
    assert not verify(bytes.fromhex(public), bytes.fromhex(message), second)


@pytest.mark.parametrize("y", [0, 1, P - 1, P, P + 1, 2**255 - 1])
def test_keys_of_small_order_and_no_points_are_refused(y: int) -> None:
    """With the key 1 (the neutral point) every message would have a signature."""
    neutral = (1).to_bytes(32, "little")
    assert not verify(y.to_bytes(32, "little"), b"any", neutral + bytes(32))


def test_wrong_lengths_are_refused() -> None:
    assert not verify(bytes(31), b"", bytes(64))
    assert not verify(bytes.fromhex(VECTORS[0][1]), b"", bytes(63))
