"""Pairs of texts to token ids, cut to what a model can read."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Encoding, Tokenizer

    from nli.scorer.base import Pair

CHARACTERS_A_TOKEN = 64
"""Longer than any token of running text is on average; what lies beyond is never reached."""


class TokenPair(NamedTuple):
    """A pair as one model input, special tokens included."""

    ids: list[int]
    type_ids: list[int]


class PairTokenizer:
    """Tokenises pairs with the model's own special tokens between and around them.

    A pair that is too long loses the end of its premise, not of its claim: a claim cut short says
    something else. Only a claim that would leave less than a quarter of the room to the premise
    is cut itself.
    """

    def __init__(self, tokenizer: Tokenizer, *, max_length: int) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        # "[SEP]" typed by a user is five characters of text, not the end of the premise.
        tokenizer.encode_special_tokens = True
        self._tokenizer = tokenizer
        self._room = max(4, max_length - tokenizer.num_special_tokens_to_add(is_pair=True))

    def encode(self, pairs: Sequence[Pair]) -> list[TokenPair]:
        """Token ids in the order of the pairs. Each distinct text is tokenised once."""
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        encodings = self._tokenizer.encode_batch_fast(
            [self._readable(text) for text in texts], add_special_tokens=False
        )
        known = dict(zip(texts, encodings, strict=True))
        return [self._join(known[premise], known[claim]) for premise, claim in pairs]

    def _join(self, premise: Encoding, claim: Encoding) -> TokenPair:
        if len(premise) + len(claim) > self._room:
            for_premise = max(self._room - len(claim), min(len(premise), self._room // 4))
            premise, claim = copy.deepcopy(premise), copy.deepcopy(claim)
            premise.truncate(for_premise)
            claim.truncate(self._room - for_premise)
        joined = self._tokenizer.post_process(premise, claim)
        return TokenPair(joined.ids, joined.type_ids)

    def _readable(self, text: str) -> str:
        """Cut what cannot be reached, and replace lone surrogates, which no tokenizer takes."""
        clipped = text[: self._room * CHARACTERS_A_TOKEN]
        return clipped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
