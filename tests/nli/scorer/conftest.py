"""Saved models, made once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.nli.scorer import tiny

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session", params=tiny.ARCHITECTURES)
def any_model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved model of each architecture in turn. Not to be changed."""
    name = str(request.param)
    return tiny.ARCHITECTURES[name](tmp_path_factory.mktemp(name))


@pytest.fixture(scope="session")
def saved_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved BERT. Not to be changed."""
    return tiny.save_bert(tmp_path_factory.mktemp("saved-bert"))


@pytest.fixture(scope="session")
def saved_distilbert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved model that is loaded by way of transformers. Not to be changed."""
    return tiny.save_distilbert(tmp_path_factory.mktemp("saved-distilbert"))


@pytest.fixture
def bert(saved_bert: Path, tmp_path: Path) -> Path:
    """A copy of a BERT to change at will."""
    return shutil.copytree(saved_bert, tmp_path / "bert")


@pytest.fixture
def distilbert(saved_distilbert: Path, tmp_path: Path) -> Path:
    """A copy of a DistilBERT to change at will."""
    return shutil.copytree(saved_distilbert, tmp_path / "distilbert")
