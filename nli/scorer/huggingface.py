"""Any sequence classification model, by way of transformers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from nli.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

    from nli.scorer.pairs import TokenPair


class PaddedModel:
    """An encoder that pads each batch to its longest pair."""

    def __init__(self, model: Any, *, pad_id: int | None, with_types: bool) -> None:  # noqa: ANN401
        self._model = model
        self._pad_id = pad_id
        self._with_types = with_types

    @property
    def vocabulary(self) -> int:
        """How many token ids it knows."""
        return self._model.get_input_embeddings().num_embeddings

    def logits(self, batch: Sequence[TokenPair]) -> Tensor:
        """Scores of shape (pairs, labels)."""
        if self._pad_id is None:
            return torch.cat([self._forward([pair], pad_id=0) for pair in batch])
        return self._forward(batch, self._pad_id)

    def _forward(self, batch: Sequence[TokenPair], pad_id: int) -> Tensor:
        width = max(len(pair.ids) for pair in batch)
        inputs = {
            "input_ids": [pair.ids + [pad_id] * (width - len(pair.ids)) for pair in batch],
            "attention_mask": [
                [1] * len(pair.ids) + [0] * (width - len(pair.ids)) for pair in batch
            ],
        }
        if self._with_types:
            inputs["token_type_ids"] = [
                pair.type_ids + [0] * (width - len(pair.ids)) for pair in batch
            ]
        device = self._model.device
        tensors = {name: torch.tensor(rows, device=device) for name, rows in inputs.items()}
        return self._model(**tensors).logits


def load_model(folder: Path, device: torch.device) -> tuple[PaddedModel, Tokenizer, int]:
    """A model in single precision, its tokenizer, and the longest input it can read.

    Nothing is downloaded and no code from the folder is run.

    Raises:
        ModelError: transformers cannot load it, or would have to invent some of its weights.
    """
    tokenizer = load_tokenizer(folder)
    model, report = _load_weights(folder)
    _refuse_invented(report)
    pad_id = model.config.pad_token_id
    if pad_id is None:
        pad_id = model.config.pad_token_id = tokenizer.pad_token_id
    padded = PaddedModel(
        model.to(device).eval(),
        pad_id=pad_id,
        with_types="token_type_ids" in tokenizer.model_input_names,
    )
    limit = min(tokenizer.model_max_length, _positions(model) or tokenizer.model_max_length)
    return padded, tokenizer.backend_tokenizer, limit


def load_tokenizer(folder: Path) -> Any:  # noqa: ANN401
    from transformers import AutoTokenizer
    from transformers.tokenization_utils_tokenizers import TokenizersBackend

    with _quiet():
        try:
            tokenizer = AutoTokenizer.from_pretrained(
                folder, local_files_only=True, trust_remote_code=False
            )
        except Exception as error:
            raise ModelError(
                f"The tokenizer in {folder} cannot be read. Save it again with tokenizer.json."
            ) from error
    if not isinstance(tokenizer, TokenizersBackend):
        raise ModelError(f"The model in {folder} has no tokenizer.json. Save its tokenizer again.")
    return tokenizer


def _load_weights(folder: Path) -> tuple[Any, Mapping[str, Any]]:
    from transformers import AutoModelForSequenceClassification

    with _quiet():
        try:
            return AutoModelForSequenceClassification.from_pretrained(
                folder,
                local_files_only=True,
                trust_remote_code=False,
                dtype=torch.float32,
                output_loading_info=True,
                ignore_mismatched_sizes=True,  # they are in the report, and refused
            )
        # transformers raises whatever a damaged file or a strange config leads to.
        except Exception as error:
            raise ModelError(
                f"The model in {folder} cannot be loaded: {_first_line(error)} "
                "A sequence classification model that transformers knows is needed."
            ) from error


def _refuse_invented(report: Mapping[str, Any]) -> None:
    """Random weights are filled in where a checkpoint has none, with no more than a warning."""
    missing = sorted(str(name) for name in report.get("missing_keys", ()))
    mismatched = sorted(str(entry[0]) for entry in report.get("mismatched_keys", ()))
    if missing or mismatched:
        some = ", ".join([*missing, *mismatched][:3])
        raise ModelError(
            f"The model's files lack trained weights for {some}. It was not trained to classify "
            "pairs, or its files are incomplete. Give a model trained for natural language "
            "inference."
        )


def _positions(model: Any) -> int | None:  # noqa: ANN401
    """How many tokens a model has positions for; None if it does not count them."""
    positions = getattr(model.config, "max_position_embeddings", None)
    if positions is None or positions < 1:
        return None
    for name, module in model.named_modules():
        if name.endswith("position_embeddings"):
            # The RoBERTa family starts counting after the padding id.
            padding = getattr(module, "padding_idx", None)
            return positions if padding is None else positions - padding - 1
    return positions


@contextmanager
def _quiet() -> Iterator[None]:
    """Without progress bars and warnings: what matters is raised."""
    from transformers.utils import logging

    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()


def _first_line(error: Exception) -> str:
    line = str(error).strip().partition("\n")[0][:200]
    return f"{line.rstrip('.')}." if line else f"{type(error).__name__}."
