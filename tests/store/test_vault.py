"""Secrets at rest: only the key opens them, and only at the place they were sealed for."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.store.vault import Unopened, Vault, place

OLD, NEW = b"o" * 32, b"n" * 32
ROW, WORKSPACE = UUID(int=1), UUID(int=2)
HERE = place("access", "sealed_key", ROW, WORKSPACE)

texts = st.text(st.characters(codec="utf-8"), max_size=600)


@given(texts)
def test_what_was_sealed_is_opened_and_cannot_be_read_before(text):
    sealed = Vault([NEW]).seal(text, HERE)
    assert Vault([NEW]).open(sealed, HERE) == text
    assert len(text) < 4 or text not in sealed


def test_the_same_text_is_never_sealed_the_same():
    vault = Vault([NEW])
    assert len({vault.seal("k-1", HERE) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "elsewhere",
    [
        place("access", "sealed_key", UUID(int=3), WORKSPACE),
        place("access", "sealed_key", ROW, UUID(int=3)),
        place("webhook", "sealed_key", ROW, WORKSPACE),
        place("access", "said", ROW, WORKSPACE),
    ],
)
def test_a_secret_moved_to_another_place_is_refused(elsewhere):
    with pytest.raises(Unopened):
        Vault([NEW]).open(Vault([NEW]).seal("k-1", HERE), elsewhere)


def test_a_rotation_keeps_all_readable_and_seals_with_the_new_key():
    before = Vault([OLD]).seal("k-1", HERE)
    rotated = Vault([NEW, OLD])
    assert rotated.open(before, HERE) == "k-1"
    after = rotated.seal("k-1", HERE)
    assert Vault([NEW]).open(after, HERE) == "k-1"
    with pytest.raises(Unopened):
        Vault([NEW]).open(before, HERE)


@given(st.floats(0, 1, exclude_max=True), st.permutations("AaZz09-_."))
def test_a_damaged_secret_is_refused(where, others):
    vault = Vault([NEW])
    sealed = vault.seal("a key of some length", HERE)
    at = int(where * (len(sealed) - 1))
    other = next(char for char in others if char != sealed[at])
    with pytest.raises(Unopened):
        vault.open(sealed[:at] + other + sealed[at + 1 :], HERE)


@given(texts)
def test_what_was_never_sealed_is_refused(text):
    with pytest.raises(Unopened):
        Vault([NEW]).open(text, HERE)
