"""A model from the files in a folder."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np
import torch

from nli.errors import ModelError
from nli.scorer.base import Pair
from nli.scorer.bert import PackedBert, can_pack
from nli.scorer.folders import weight_files
from nli.scorer.labels import Labels, read_labels
from nli.scorer.pairs import PairTokenizer
from nli.scorer.torch_scorer import Encoder, TorchScorer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

MAX_LENGTH = 512
"""Tokens a pair. Batches are as long as their pairs, so a high limit costs nothing until a long
claim, or several sentences together, need it."""
_TOKENIZER_FILES = (
    "tokenizer.json",
    "vocab.txt",
    "vocab.json",
    "spm.model",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
)


def load_folder(
    folder: Path, *, name: str, threads: int | None = None, max_length: int = MAX_LENGTH
) -> TorchScorer:
    """Load the model whose files are in a folder.

    Raises:
        ModelError: it is damaged or gives no verdicts.
    """
    config = read_config(folder)
    labels = read_labels(config)
    files = weight_files(folder)
    if not files:
        raise ModelError(
            f"{folder} has no weights. A model.safetensors (or pytorch_model.bin) is needed."
        )
    if not any((folder / file).is_file() for file in _TOKENIZER_FILES):
        raise ModelError(f"{folder} has no tokenizer. Put the model's tokenizer.json there.")
    try:
        encoder, tokenizer, limit = _load(folder, config, labels)
        if tokenizer.get_vocab_size(with_added_tokens=False) > encoder.vocabulary:
            raise ModelError(_unfit(folder))
        scorer = TorchScorer(
            encoder,
            PairTokenizer(tokenizer, max_length=min(limit, max_length)),
            labels,
            name=name,
            fingerprint=_fingerprint(files, labels),
            threads=threads,
        )
    except OSError as error:
        raise ModelError(f"The model in {folder} cannot be read: {error.strerror}.") from error
    _try_out(scorer, folder)
    return scorer


def read_config(folder: Path) -> Mapping[str, object]:
    """A model's config.json."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(
            f"{folder} has no config.json. Give the folder of a model that transformers can load."
        ) from error
    except (OSError, ValueError) as error:
        raise ModelError(f"The config.json in {folder} cannot be read.") from error
    if not isinstance(config, dict):
        raise ModelError(f"The config.json in {folder} is not that of a model.")
    return config


def _load(
    folder: Path, config: Mapping[str, object], labels: Labels
) -> tuple[Encoder, Tokenizer, int]:
    """The packed encoder where it fits, otherwise transformers, which takes far longer to load."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    weights, tokens = folder / "model.safetensors", folder / "tokenizer.json"
    if weights.is_file() and tokens.is_file() and config.get("model_type") == "bert":
        tensors = _read_safetensors(weights)
        if can_pack(config, tensors, labels=len(labels.names)):
            encoder = PackedBert(config, tensors, device)
            return encoder, _read_tokenizer(tokens), encoder.positions
    elif weights.is_file():
        _check_header(weights)
    from nli.scorer.huggingface import load_model

    return load_model(folder, device)


def _read_safetensors(path: Path) -> dict[str, torch.Tensor]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except SafetensorError as error:
        raise ModelError(_damaged(path)) from error


def _check_header(path: Path) -> None:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="pt") as file:
            file.keys()
    except SafetensorError as error:
        raise ModelError(_damaged(path)) from error


def _damaged(path: Path) -> str:
    return f"The weights in {path} are damaged or incomplete. Copy or download the model again."


def _read_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more specific
        raise ModelError(f"{path} is damaged. Save the model's tokenizer again.") from error


def _fingerprint(files: Sequence[Path], labels: Labels) -> str:
    digest = hashlib.sha256(json.dumps(labels.names).encode())
    for path in files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _try_out(scorer: TorchScorer, folder: Path) -> None:
    """Score one pair: tells a tokenizer that does not fit, and weights that are not numbers."""
    try:
        scores = scorer.score([Pair("The bridge opened in May.", "The bridge is open.")])
    except (IndexError, RuntimeError, TypeError, ValueError) as error:
        raise ModelError(_unfit(folder)) from error
    if not np.isfinite(scores).all():
        raise ModelError(f"The weights in {folder} are damaged: the model's scores are no numbers.")


def _unfit(folder: Path) -> str:
    return (
        f"The model in {folder} does not work together with its tokenizer. "
        "Use the tokenizer it was trained with."
    )
