"""The shipped model, loaded once for all tests that want real verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nli import Checker

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def shipped() -> Iterator[Checker]:
    checker = Checker.load()
    yield checker
    checker.close()
