"""What is left of a pair that is too long."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from nli.scorer import Pair
from nli.scorer.pairs import PairTokenizer

START, END, UNKNOWN = 0, 1, 2
WORDS = {f"p{number}": number + 10 for number in range(100)} | {
    f"c{number}": number + 1000 for number in range(100)
}


def tokenizer(max_length: int) -> PairTokenizer:
    backend = Tokenizer(
        models.WordLevel(
            {"[CLS]": START, "[SEP]": END, "[UNK]": UNKNOWN} | WORDS, unk_token="[UNK]"
        )
    )
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    backend.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[("[CLS]", START), ("[SEP]", END)],
    )
    backend.enable_padding(length=50)
    backend.enable_truncation(3)
    return PairTokenizer(backend, max_length=max_length)


def premise(length: int) -> list[str]:
    return [f"p{number}" for number in range(length)]


def claim(length: int) -> list[str]:
    return [f"c{number}" for number in range(length)]


@pytest.mark.parametrize(
    ("lengths", "kept"),
    [
        ((4, 3), (4, 3)),
        ((17, 3), (17, 3)),
        ((18, 3), (17, 3)),
        ((90, 3), (17, 3)),
        ((90, 15), (5, 15)),
        ((90, 16), (5, 15)),
        ((90, 90), (5, 15)),
        ((2, 90), (2, 18)),
        ((0, 90), (0, 20)),
        ((90, 0), (20, 0)),
        ((0, 0), (0, 0)),
    ],
)
def test_premises_are_cut_before_claims(lengths: tuple[int, int], kept: tuple[int, int]) -> None:
    texts = Pair(" ".join(premise(lengths[0])), " ".join(claim(lengths[1])))
    encoded = tokenizer(23).encode([texts])[0]
    expected = [
        START,
        *(WORDS[word] for word in premise(kept[0])),
        END,
        *(WORDS[word] for word in claim(kept[1])),
        END,
    ]
    assert encoded.ids == expected
    assert encoded.type_ids == [0] * (kept[0] + 2) + [1] * (kept[1] + 1)


def test_a_text_cut_in_one_pair_is_whole_in_the_next() -> None:
    long, short = " ".join(premise(20)), "c1"
    pairs = [Pair(long, " ".join(claim(15))), Pair(long, short), Pair(short, long)]
    encoded = tokenizer(30).encode(pairs)
    assert [len(pair.ids) for pair in encoded] == [30, 24, 24]
    assert encoded[1].ids[1:21] == [WORDS[word] for word in premise(20)]


def test_lone_surrogates_become_replacement_characters() -> None:
    encoded = tokenizer(23).encode([Pair("p1 \ud800 p2", "c1 \udfff"), Pair("p1", "\ud83d\ude00")])
    assert encoded[0].ids == [START, WORDS["p1"], UNKNOWN, WORDS["p2"], END, WORDS["c1"], 2, END]
    assert encoded[1].ids == [START, WORDS["p1"], END, UNKNOWN, END]
