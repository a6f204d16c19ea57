"""How much a sentence has to do with a claim: cheap, and the same whatever model judges.

Every word piece of the claim looks for its nearest word piece in the sentence, by the cosine of
the shipped encoder's input embeddings, and the matches are averaged with rare pieces counting
more. This is the late interaction of ColBERT (Khattab and Zaharia 2020) over static vectors: it
needs no forward pass, and finds "vehicle" for "car".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
VECTORS = "bert.embeddings.word_embeddings.weight"
IDF_FILE = Path(__file__).parent / "relevance_idf.npy"
CONTEXT_SHARE = 0.3
"""How much of the relevance of the sentence before counts for a sentence: pronouns refer back."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """A claim beside the sentences of an article."""

    sentences: NDArray[np.float32]
    """Shape (sentences,): weighted similarity, 0 to 1."""
    overlap: NDArray[np.float32]
    """Shape (sentences,): weighted share of the claim's word pieces that occur literally."""
    pieces: NDArray[np.float32]
    """Shape (pieces of the claim, sentences): best similarity of each piece."""
    weights: NDArray[np.float32]
    """Shape (pieces of the claim,): rarity of each piece; sums to 1."""

    @property
    def in_context(self) -> NDArray[np.float32]:
        """Shape (sentences,): relevance with a share of the preceding sentence's."""
        total = self.sentences.copy()
        total[1:] += np.float32(CONTEXT_SHARE) * self.sentences[:-1]
        return total


class RelevanceModel:
    """Word-piece vectors, and how rare each piece is."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        embeddings: NDArray[np.float16],
        rarity: NDArray[np.float32],
    ) -> None:
        """Take vectors of shape (vocabulary, width) and rarities of shape (vocabulary,)."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True
        self._tokenizer = tokenizer
        self._embeddings = embeddings
        self._rarity = rarity
        self._known = lru_cache(maxsize=50_000)(self._encode)

    @classmethod
    def load(cls) -> RelevanceModel:
        """Read the vectors of the shipped encoder."""
        from safetensors import safe_open
        from tokenizers import Tokenizer

        from nli.scorer.folders import SHIPPED

        with safe_open(SHIPPED / WEIGHTS, framework="numpy") as file:
            embeddings = file.get_tensor(VECTORS)
        tokenizer = Tokenizer.from_file(str(SHIPPED / TOKENIZER))
        return cls(tokenizer, embeddings, np.load(IDF_FILE).astype(np.float32))

    @staticmethod
    def fits(folder: Path) -> bool:
        """Whether a model's vectors could take the place of the shipped ones."""
        from safetensors import safe_open
        from tokenizers import Tokenizer

        from nli.scorer.folders import SHIPPED

        with safe_open(folder / WEIGHTS, framework="numpy") as file:
            has_vectors = VECTORS in file.keys()  # noqa: SIM118 - it is no mapping
        one, other = (Tokenizer.from_file(str(each / TOKENIZER)) for each in (folder, SHIPPED))
        return has_vectors and one.get_vocab() == other.get_vocab()

    @property
    def vocabulary(self) -> int:
        """How many word pieces there are."""
        return len(self._rarity)

    def pieces(self, text: str) -> NDArray[np.int32]:
        """Ids of the word pieces of a text."""
        return self._known(text)

    def compare(self, claim: str, sentences: Sequence[str]) -> Relevance:
        """Hold a claim against sentences. Neither may be empty of word pieces altogether."""
        wanted = self.pieces(claim)
        tokens = [self.pieces(sentence) for sentence in sentences]
        if not len(wanted) or not tokens:
            nothing = np.zeros(len(sentences), np.float32)
            return Relevance(nothing, nothing, nothing[None], np.ones(1, np.float32))
        rarity = self._rarity[wanted]
        weights = rarity / max(float(rarity.sum()), 1e-6)
        vocabulary, places = np.unique(
            np.concatenate([np.zeros(1, np.int32), *tokens]), return_inverse=True
        )
        # Not by BLAS: its threads would go on spinning on the cores the model needs next.
        cosine = np.einsum("ik,jk->ij", self._unit(wanted), self._unit(vocabulary))
        similarity = np.maximum(cosine, 0.0) ** 2
        literal = wanted[:, None] == vocabulary[None]
        best = np.zeros((len(wanted), len(tokens)), np.float32)
        found = np.zeros_like(best)
        start = 1
        for column, piece in enumerate(tokens):
            if len(piece):
                here = places[start : start + len(piece)]
                best[:, column] = similarity[:, here].max(axis=1)
                found[:, column] = literal[:, here].any(axis=1)
                start += len(piece)
        return Relevance(
            (weights @ best).astype(np.float32), (weights @ found).astype(np.float32), best, weights
        )

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (texts, width): unit vectors, the weighted mean of the word pieces."""
        rows = [
            (self._rarity[pieces][:, None] * self._unit(pieces)).sum(axis=0)
            for pieces in map(self.pieces, texts)
        ]
        matrix = np.array(rows)
        return matrix / (np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9)

    def _encode(self, text: str) -> NDArray[np.int32]:
        readable = text.encode("utf-8", "replace").decode("utf-8")
        ids = self._tokenizer.encode(readable, add_special_tokens=False).ids
        return np.asarray(ids, dtype=np.int32)

    def _unit(self, ids: NDArray[np.integer]) -> NDArray[np.float32]:
        rows = self._embeddings[ids].astype(np.float32)
        return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
