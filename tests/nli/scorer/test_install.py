"""Replacing the shipped model."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
import torch
import transformers
from safetensors.torch import load_file, save_file

from nli.errors import ModelError
from nli.scorer import Pair
from nli.scorer import install as installing
from nli.scorer.folders import SHIPPED
from nli.scorer.install import install_weights
from nli.scorer.local import load_folder
from tests.nli.scorer import tiny

if TYPE_CHECKING:
    from pathlib import Path

    from nli.scorer.torch_scorer import TorchScorer

FILES = ["SHA256", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
PAIRS = [Pair(tiny.TEXT[0], "The bridge was closed."), Pair(tiny.TEXT[1], "A toll.")]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Weights of before, with a file that the new ones will not have."""
    folder = tmp_path / "package" / "weights"
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_text("old")
    (folder / "vocab.txt").write_text("old")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def installed(folder: Path, target: Path) -> TorchScorer:
    install_weights(folder, target)
    return load_folder(target, name="installed")


def check_digests(folder: Path) -> None:
    lines = (folder / "SHA256").read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == FILES[1:]
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_nothing_of_the_old_model_is_left(saved_bert: Path, target: Path) -> None:
    scorer = installed(saved_bert, target)
    assert names(target) == FILES
    assert names(target.parent) == ["weights"]
    check_digests(target)
    original = load_folder(saved_bert, name="tiny")
    assert scorer.score(PAIRS) == pytest.approx(original.score(PAIRS), abs=0.02)
    dtypes = {tensor.dtype for tensor in load_file(target / "model.safetensors").values()}
    assert dtypes == {torch.float16}


def test_everybody_may_read_the_installed_files(saved_bert: Path, target: Path) -> None:
    install_weights(saved_bert, target)
    assert target.stat().st_mode & 0o777 == 0o755
    assert all(file.stat().st_mode & 0o444 == 0o444 for file in target.iterdir())


def test_half_precision_is_taken_byte_for_byte(saved_bert: Path, target: Path) -> None:
    first = installed(saved_bert, target)
    second = installed(target, target.with_name("again"))
    assert second.fingerprint == first.fingerprint
    weights = [folder / "model.safetensors" for folder in (target, target.with_name("again"))]
    assert weights[0].read_bytes() == weights[1].read_bytes()


def test_a_model_can_be_installed_onto_itself(saved_bert: Path, target: Path) -> None:
    before = installed(saved_bert, target)
    assert installed(target, target).fingerprint == before.fingerprint


def test_any_architecture_and_weight_format(any_model: Path, target: Path, tmp_path: Path) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(any_model)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(any_model)
    sharded = tmp_path / "sharded"
    model.save_pretrained(sharded, max_shard_size="20KB")
    tokenizer.save_pretrained(sharded)
    assert len(list(sharded.glob("*.safetensors"))) > 1
    scorer = installed(sharded, target)
    assert names(target) == FILES
    original = load_folder(any_model, name="tiny")
    assert scorer.score(PAIRS) == pytest.approx(original.score(PAIRS), abs=0.02)


def test_a_tokenizer_without_json_is_converted(bert: Path, target: Path) -> None:
    original = load_folder(bert, name="tiny")
    vocabulary = transformers.AutoTokenizer.from_pretrained(bert).get_vocab()
    words = sorted(vocabulary, key=lambda word: vocabulary[word])
    (bert / "vocab.txt").write_text("\n".join(words) + "\n")
    (bert / "tokenizer.json").unlink()
    scorer = installed(bert, target)
    assert names(target) == FILES
    assert scorer.score(PAIRS) == pytest.approx(original.score(PAIRS), abs=0.02)


def test_two_way_models_are_not_shipped(tmp_path: Path, target: Path) -> None:
    folder = tiny.save_bert(tmp_path / "two", labels=("entailment", "not_entailment"))
    with pytest.raises(ModelError, match="three labels"):
        install_weights(folder, target)
    assert names(target) == ["model.safetensors", "vocab.txt"]


def test_a_damaged_model_leaves_the_old_one(bert: Path, target: Path) -> None:
    (bert / "model.safetensors").write_bytes(b"\0" * 100)
    with pytest.raises(ModelError, match="damaged"):
        install_weights(bert, target)
    assert names(target) == ["model.safetensors", "vocab.txt"]
    assert names(target.parent) == ["weights"]


def test_weights_too_large_for_half_precision(bert: Path, target: Path) -> None:
    weights = bert / "model.safetensors"
    tensors = load_file(weights)
    tensors["bert.embeddings.position_embeddings.weight"][-1] = 1e6
    save_file(tensors, weights, metadata={"format": "pt"})
    with pytest.raises(ModelError, match="half precision"):
        install_weights(bert, target)
    assert (target / "model.safetensors").read_text() == "old"


def test_a_large_model_is_refused(
    saved_bert: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "MAX_BYTES", 10_000)
    with pytest.raises(ModelError, match="MB in half precision"):
        install_weights(saved_bert, target)
    assert (target / "model.safetensors").read_text() == "old"
    assert names(target.parent) == ["weights"]


def test_a_target_that_cannot_be_written(saved_bert: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be written"):
        install_weights(saved_bert, tmp_path / "no" / "such" / "weights")


def test_the_shipped_model_was_installed_so() -> None:
    assert names(SHIPPED) == FILES
    check_digests(SHIPPED)
    assert (SHIPPED / "model.safetensors").stat().st_size <= installing.MAX_BYTES
