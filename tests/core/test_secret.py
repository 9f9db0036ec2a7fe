"""A value that must not be seen."""

from __future__ import annotations

import pickle

import pytest

from pixivkit._core.basics.secret import Secret


def test_a_secret_shows_only_where_it_is_asked_for() -> None:
    secret = Secret("hunter2")
    assert secret.reveal() == "hunter2"
    assert "hunter2" not in f"{secret} {secret!r} {[secret]} { ({'password': secret}) }"


def test_a_secret_is_equal_to_another_that_holds_the_same() -> None:
    assert Secret("hunter2") == Secret("hunter2")
    assert Secret("hunter2") != Secret("hunter3")
    assert Secret("hunter2") != "hunter2"
    assert len({Secret("hunter2"), Secret("hunter2")}) == 1


def test_a_secret_does_not_pickle() -> None:
    with pytest.raises(TypeError, match="a secret"):
        pickle.dumps(Secret("hunter2"))
