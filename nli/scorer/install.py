"""Makes a model the shipped one."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from nli.errors import ModelError
from nli.relevance import RelevanceModel
from nli.scorer.base import Pair
from nli.scorer.folders import SHIPPED, weight_files
from nli.scorer.local import load_folder, read_config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nli.scorer.torch_scorer import TorchScorer

MAX_BYTES = 50_000_000
"""Of the weights. Every version stays in the repository's history for good."""
DIGESTS = "SHA256"
_TOLERANCE = 0.02
_SAMPLES = (
    Pair("The council voted on Tuesday to close the old bridge.", "The bridge will stay open."),
    Pair("Sales rose by 12 percent in March, the firm said.", "Sales rose by 12 percent."),
    Pair("She thanked the volunteers.", "The volunteers came from three countries."),
)


def install_weights(folder: Path, target: Path | None = None) -> None:
    """Put a model into the package in place of the shipped one, in half precision.

    The old model stays until the new one is complete and gives the same scores as in its folder;
    afterwards nothing of the old one is left.

    Args:
        folder: a three-way model as `load_scorer` takes it.
        target: where to; the package's own weights by default.

    Raises:
        ModelError: it cannot be loaded, cannot tell what contradicts, or is too large.
    """
    target = target or SHIPPED
    original = load_folder(folder, name=str(folder))
    if not original.contradicts:
        raise ModelError(
            f"The model in {folder} only tells whether something is entailed. The shipped model "
            "must tell contradictions too: install one with three labels."
        )
    try:
        with tempfile.TemporaryDirectory(prefix=".weights-", dir=target.parent) as work:
            staged = Path(work) / "new"
            staged.mkdir()
            _write_weights(folder, staged / "model.safetensors")
            _write_config(read_config(folder), staged / "config.json")
            _write_tokenizer(folder, staged)
            _compare(original, load_folder(staged, name="the copy"))
            if target == SHIPPED:
                _check_vectors(staged)
            _write_digests(staged)
            _swap(staged, target, Path(work) / "old")
    except OSError as error:
        raise ModelError(f"The model cannot be written to {target}: {error.strerror}.") from error


def _write_weights(folder: Path, path: Path) -> None:
    from safetensors.torch import save_file

    tensors = _read_tensors(folder)
    files = weight_files(folder)
    if [file.name for file in files] == [path.name] and not _wider_than_half(tensors):
        # Byte for byte, so that what was measured and calibrated keeps its fingerprint.
        shutil.copyfile(files[0], path)
    else:
        halves = {name: _halved(name, tensor) for name, tensor in tensors.items()}
        save_file(halves, path, metadata={"format": "pt"})
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ModelError(
            f"The weights take {size / 1e6:.1f} MB in half precision; {MAX_BYTES / 1e6:.0f} MB is "
            "the most that the package holds. Use the model from its folder instead."
        )


def _read_tensors(folder: Path) -> dict[str, torch.Tensor]:
    from safetensors.torch import load_file

    tensors: dict[str, torch.Tensor] = {}
    for file in weight_files(folder):
        if file.suffix == ".safetensors":
            tensors.update(load_file(file))
        else:
            tensors.update(torch.load(file, map_location="cpu", weights_only=True))
    return tensors


def _wider_than_half(tensors: Mapping[str, torch.Tensor]) -> bool:
    return any(
        tensor.is_floating_point() and tensor.dtype != torch.float16 for tensor in tensors.values()
    )


def _halved(name: str, tensor: torch.Tensor) -> torch.Tensor:
    """A copy of its own: safetensors refuses tensors that share memory."""
    if not tensor.is_floating_point():
        return tensor.clone().contiguous()
    half = tensor.to(torch.float16, copy=True).contiguous()
    if not torch.isfinite(half).all():
        raise ModelError(f"The weights {name} are too large for half precision.")
    return half


def _write_config(config: Mapping[str, object], path: Path) -> None:
    dropped = ("_name_or_path", "torch_dtype")
    kept = {key: value for key, value in config.items() if key not in dropped}
    kept["dtype"] = "float16"
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _write_tokenizer(folder: Path, staged: Path) -> None:
    if (folder / "tokenizer.json").is_file():
        for name in ("tokenizer.json", "tokenizer_config.json"):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, staged / name)
    else:
        from nli.scorer.huggingface import load_tokenizer

        load_tokenizer(folder).save_pretrained(staged)


def _compare(original: TorchScorer, copy: TorchScorer) -> None:
    difference = np.abs(original.score(_SAMPLES) - copy.score(_SAMPLES)).max()
    if difference > _TOLERANCE:
        raise ModelError(
            f"In half precision the model's probabilities differ by up to {difference:.2f}. "
            "Use the model from its folder instead."
        )


def _check_vectors(staged: Path) -> None:
    """The shipped model's word vectors also tell which sentences any model is to read."""
    if not RelevanceModel.fits(staged):
        raise ModelError(
            "The shipped model also ranks sentences, so it must be a BERT model with the "
            "vocabulary of the one before. Use this model from its folder instead."
        )


def _write_digests(folder: Path) -> None:
    """In the form that `sha256sum --check` reads."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]
    (folder / DIGESTS).write_text("".join(lines), encoding="ascii")


def _swap(staged: Path, target: Path, old: Path) -> None:
    """Two renames; a process that is just loading keeps the files it has opened."""
    for path in staged.iterdir():
        path.chmod(0o644)  # safetensors writes for its owner's eyes alone
    if target.exists():
        target.replace(old)
    try:
        staged.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
