"""A BERT encoder for inference alone, without padding and without transformers.

transformers takes longer to import than all the rest of a check, and computes padding and a last
layer that nobody reads. Here the tokens of all pairs lie one after another in a single matrix;
only attention looks at each pair by itself, and the last layer is computed for the first token
of each pair, the one that is classified. The numbers are those of transformers up to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nli.scorer.pairs import TokenPair


class Run(NamedTuple):
    """Neighbouring pairs of equal length, attended to together."""

    start: int
    """Row of the first token."""
    pairs: int
    length: int


@dataclass(frozen=True, slots=True)
class Affine:
    """A linear layer, or the scale and shift of a layer normalisation."""

    weight: Tensor
    bias: Tensor

    def __call__(self, rows: Tensor) -> Tensor:
        return functional.linear(rows, self.weight, self.bias)


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer. Query, key and value are one matrix, so are multiplied as one."""

    query_key_value: Affine
    mixed: Affine
    mixed_norm: Affine
    up: Affine
    down: Affine
    norm: Affine


class PackedBert:
    """`BertForSequenceClassification` over tokens without padding."""

    def __init__(
        self, config: Mapping[str, object], weights: Mapping[str, Tensor], device: torch.device
    ) -> None:
        self._device = device
        self._heads = _integer(config, "num_attention_heads")
        self._epsilon = float(str(config.get("layer_norm_eps", 1e-12)))

        def tensor(name: str) -> Tensor:
            return weights[name].to(device, torch.float32)

        def affine(name: str) -> Affine:
            return Affine(tensor(f"{name}.weight"), tensor(f"{name}.bias"))

        def stacked(*names: str) -> Affine:
            parts = [affine(name) for name in names]
            return Affine(
                torch.cat([part.weight for part in parts]), torch.cat([part.bias for part in parts])
            )

        # Half of the model is this table, of which a claim needs a few hundred rows: they are
        # widened when they are looked up, not all at the start.
        self._words = weights["bert.embeddings.word_embeddings.weight"].to(device)
        self._positions = tensor("bert.embeddings.position_embeddings.weight")
        self._types = tensor("bert.embeddings.token_type_embeddings.weight")
        self._norm = affine("bert.embeddings.LayerNorm")
        self._layers = [
            Layer(
                query_key_value=stacked(*(f"{at}.attention.self.{part}" for part in _ATTENTION)),
                mixed=affine(f"{at}.attention.output.dense"),
                mixed_norm=affine(f"{at}.attention.output.LayerNorm"),
                up=affine(f"{at}.intermediate.dense"),
                down=affine(f"{at}.output.dense"),
                norm=affine(f"{at}.output.LayerNorm"),
            )
            for at in _layer_names(config)
        ]
        self._pooler = affine("bert.pooler.dense")
        self._classifier = affine("classifier")

    @property
    def vocabulary(self) -> int:
        """How many token ids it knows."""
        return len(self._words)

    @property
    def positions(self) -> int:
        """How many tokens an input can have."""
        return len(self._positions)

    def logits(self, batch: Sequence[TokenPair]) -> Tensor:
        """Scores of shape (pairs, labels)."""
        lengths = [len(pair.ids) for pair in batch]
        runs = list(_runs(lengths))
        rows = self._embed(batch)
        for layer in self._layers[:-1]:
            projected = layer.query_key_value(rows)
            rows = self._finish(layer, rows, self._attend(projected, runs))
        starts = torch.tensor([0, *lengths[:-1]], device=self._device).cumsum(0)
        rows = self._read_first(self._layers[-1], rows, starts, runs)
        return self._classifier(torch.tanh(self._pooler(rows)))

    def _embed(self, batch: Sequence[TokenPair]) -> Tensor:
        """One row of shape (hidden,) a token, pair after pair."""
        ids = torch.tensor([token for pair in batch for token in pair.ids], device=self._device)
        types = torch.tensor(
            [kind for pair in batch for kind in pair.type_ids], device=self._device
        )
        places = torch.tensor(
            [place for pair in batch for place in range(len(pair.ids))], device=self._device
        )
        rows = self._words[ids].float() + self._types[types] + self._positions[places]
        return self._normalise(rows, self._norm)

    def _attend(self, projected: Tensor, runs: Sequence[Run]) -> Tensor:
        """Attention within each pair. `projected` holds query, key and value side by side."""
        width = projected.shape[1] // 3
        mixed = projected.new_empty(len(projected), width)
        for start, pairs, length in runs:
            rows = slice(start, start + pairs * length)
            query, key, value = self._split_heads(projected[rows], 3, pairs, length)
            attended = functional.scaled_dot_product_attention(query, key, value)
            mixed[rows] = attended.transpose(1, 2).reshape(pairs * length, width)
        return mixed

    def _read_first(
        self, layer: Layer, rows: Tensor, starts: Tensor, runs: Sequence[Run]
    ) -> Tensor:
        """A layer computed for the first token of each pair alone, of shape (pairs, hidden)."""
        width = rows.shape[1]
        weight, bias = layer.query_key_value.weight, layer.query_key_value.bias
        first = rows[starts]
        queries = functional.linear(first, weight[:width], bias[:width])
        projected = functional.linear(rows, weight[width:], bias[width:])
        mixed: list[Tensor] = []
        done = 0
        for start, pairs, length in runs:
            key, value = self._split_heads(
                projected[start : start + pairs * length], 2, pairs, length
            )
            (query,) = self._split_heads(queries[done : done + pairs], 1, pairs, 1)
            attended = functional.scaled_dot_product_attention(query, key, value)
            mixed.append(attended.transpose(1, 2).reshape(pairs, width))
            done += pairs
        return self._finish(layer, first, torch.cat(mixed))

    def _split_heads(self, rows: Tensor, parts: int, pairs: int, length: int) -> Tensor:
        """To shape (parts, pairs, heads, length, width of a head)."""
        return rows.view(pairs, length, parts, self._heads, -1).permute(2, 0, 3, 1, 4)

    def _finish(self, layer: Layer, rows: Tensor, mixed: Tensor) -> Tensor:
        """What follows attention: each token by itself."""
        rows = self._normalise(rows + layer.mixed(mixed), layer.mixed_norm)
        raised = layer.down(functional.gelu(layer.up(rows)))
        return self._normalise(rows + raised, layer.norm)

    def _normalise(self, rows: Tensor, norm: Affine) -> Tensor:
        return functional.layer_norm(
            rows, (rows.shape[1],), norm.weight, norm.bias, eps=self._epsilon
        )


_ATTENTION = ("query", "key", "value")
_PLAIN: dict[str, tuple[object, ...]] = {
    "model_type": ("bert",),
    "hidden_act": ("gelu",),
    "position_embedding_type": ("absolute", None),
    "is_decoder": (False, None),
    "add_cross_attention": (False, None),
}


def can_pack(config: Mapping[str, object], weights: Mapping[str, Tensor], labels: int) -> bool:
    """True if a model is a plain BERT, with all its weights there and of the expected shapes."""
    if any(config.get(key) not in allowed for key, allowed in _PLAIN.items()):
        return False
    try:
        shapes = dict(_shapes(config, labels))
    except (KeyError, ValueError):
        return False
    return all(
        name in weights and tuple(weights[name].shape) == shape for name, shape in shapes.items()
    )


def _shapes(config: Mapping[str, object], labels: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    hidden = _integer(config, "hidden_size")
    inner = _integer(config, "intermediate_size")
    if hidden % _integer(config, "num_attention_heads"):
        raise ValueError("heads of unequal width")

    def linear(name: str, outputs: int, inputs: int) -> Iterator[tuple[str, tuple[int, ...]]]:
        yield f"{name}.weight", (outputs, inputs)
        yield f"{name}.bias", (outputs,)

    def norm(name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        yield f"{name}.weight", (hidden,)
        yield f"{name}.bias", (hidden,)

    yield "bert.embeddings.word_embeddings.weight", (_integer(config, "vocab_size"), hidden)
    yield (
        "bert.embeddings.position_embeddings.weight",
        (_integer(config, "max_position_embeddings"), hidden),
    )
    yield (
        "bert.embeddings.token_type_embeddings.weight",
        (_integer(config, "type_vocab_size"), hidden),
    )
    yield from norm("bert.embeddings.LayerNorm")
    for at in _layer_names(config):
        for part in _ATTENTION:
            yield from linear(f"{at}.attention.self.{part}", hidden, hidden)
        yield from linear(f"{at}.attention.output.dense", hidden, hidden)
        yield from norm(f"{at}.attention.output.LayerNorm")
        yield from linear(f"{at}.intermediate.dense", inner, hidden)
        yield from linear(f"{at}.output.dense", hidden, inner)
        yield from norm(f"{at}.output.LayerNorm")
    yield from linear("bert.pooler.dense", hidden, hidden)
    yield from linear("classifier", labels, hidden)


def _layer_names(config: Mapping[str, object]) -> list[str]:
    return [
        f"bert.encoder.layer.{number}" for number in range(_integer(config, "num_hidden_layers"))
    ]


def _runs(lengths: Sequence[int]) -> Iterator[Run]:
    start = 0
    for length, group in groupby(lengths):
        pairs = len(list(group))
        yield Run(start, pairs, length)
        start += pairs * length


def _integer(config: Mapping[str, object], key: str) -> int:
    value = config[key]
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"{key} is not a positive number")
    return value
