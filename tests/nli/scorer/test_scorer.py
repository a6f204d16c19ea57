"""Scores are those of the model, whatever its architecture and however pairs are batched."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
import transformers

from nli.errors import ModelError
from nli.scorer import Pair
from nli.scorer.local import load_folder
from tests.nli.scorer import tiny

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nli.scorer.torch_scorer import TorchScorer

PAIRS = [
    Pair(tiny.TEXT[0], "The bridge was closed."),
    Pair("She left.", "Who left?"),
    Pair(tiny.TEXT[1], "Ada Linfield is the mayor of Halverton, and she likes bridges."),
    Pair(tiny.TEXT[2], ""),
    Pair("", "Ferries run on Sunday."),
    Pair(tiny.TEXT[3], "The firm hired six pilots."),
    Pair(tiny.TEXT[3], "Привет, 東京 😀 ﬁrm"),
]


def reference(folder: Path, pairs: list[Pair]) -> NDArray[np.float32]:
    """What transformers itself computes, pair by pair, in the order of `tiny.THREE`."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder).eval()
    # As a batch of one: given singly, an empty claim would be left out together with its separator.
    inputs = [tokenizer([pair.premise], [pair.hypothesis], return_tensors="pt") for pair in pairs]
    with torch.inference_mode():
        rows = [torch.softmax(model(**one).logits[0], dim=-1) for one in inputs]
    entailment, neutral, contradiction = torch.stack(rows).unbind(dim=1)
    return torch.stack([entailment, contradiction, neutral], dim=1).numpy()


def with_small_batches(scorer: TorchScorer, tokens: int) -> TorchScorer:
    scorer._batch_tokens = tokens
    return scorer


def test_scores_are_those_of_transformers(any_model: Path) -> None:
    scores = load_folder(any_model, name="tiny").score(PAIRS)
    assert scores.dtype == np.float32
    assert scores == pytest.approx(reference(any_model, PAIRS), abs=1e-5)
    assert scores.sum(axis=1) == pytest.approx(np.ones(len(PAIRS)), abs=1e-5)
    assert np.ptp(scores, axis=0).max() > 0.01  # a model that ignored its input would pass the rest


@pytest.mark.parametrize("batch_tokens", [1, 60, 100_000])
def test_batches_make_no_difference(any_model: Path, batch_tokens: int) -> None:
    scorer = with_small_batches(load_folder(any_model, name="tiny"), batch_tokens)
    together = scorer.score(PAIRS)
    alone = np.concatenate([scorer.score([pair]) for pair in PAIRS])
    backwards = scorer.score(PAIRS[::-1])[::-1]
    assert together == pytest.approx(alone, abs=1e-5)
    assert together == pytest.approx(backwards, abs=1e-5)


def test_long_pairs_are_cut_to_what_the_model_reads(any_model: Path) -> None:
    scorer = load_folder(any_model, name="tiny")
    long = "The council voted to close the old bridge. " * 500
    scores = scorer.score([Pair(long, "A toll."), Pair("A toll.", long), Pair(long, long)])
    assert np.isfinite(scores).all()


def test_no_pairs_give_no_scores(saved_bert: Path) -> None:
    assert load_folder(saved_bert, name="tiny").score([]).shape == (0, 3)


def test_the_claim_outlives_the_premise(saved_bert: Path) -> None:
    scorer = load_folder(saved_bert, name="tiny")
    long = "The council voted to close the old bridge. " * 50
    claims = ("Ferries carried 300 people.", "Ferries carried 12 people.")
    scores = scorer.score([Pair(long, claim) for claim in claims])
    assert np.abs(scores[0] - scores[1]).max() > 1e-3
    cut = scorer.score([Pair(long + "Ferries.", claims[0]), Pair(long + "Mayor.", claims[0])])
    assert cut[0] == pytest.approx(cut[1], abs=1e-6)


@pytest.mark.parametrize("order", [(2, 0, 1), (1, 2, 0), (2, 1, 0)])
@pytest.mark.parametrize("kind", ["bert", "distilbert"])
def test_permuted_labels_permute_scores(
    kind: str, order: tuple[int, int, int], request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(kind)
    usual = load_folder(folder, name="tiny").score(PAIRS)
    column = {"entailment": 0, "contradiction": 1, "neutral": 2}
    names = [tiny.THREE[place] for place in order]
    tiny.edit_config(folder, id2label=dict(enumerate(names)), label2id=None)
    permuted = load_folder(folder, name="tiny").score(PAIRS)
    for output, name in enumerate(names):
        before = usual[:, column[tiny.THREE[output]]]
        assert permuted[:, column[name]] == pytest.approx(before, abs=1e-6)


def test_two_way_models_give_no_contradiction(tmp_path: Path) -> None:
    folder = tiny.save_bert(tmp_path, labels=("not_entailment", "entailment"))
    scorer = load_folder(folder, name="tiny")
    scores = scorer.score(PAIRS)
    assert not scorer.contradicts
    assert (scores[:, 1] == 0).all()
    assert scores.sum(axis=1) == pytest.approx(np.ones(len(PAIRS)), abs=1e-5)
    assert load_folder(tiny.save_bert(tmp_path / "three"), name="tiny").contradicts


@pytest.mark.parametrize("changes", [{"hidden_act": "relu"}, {"hidden_act": "gelu_new"}])
def test_an_unusual_bert_is_left_to_transformers(tmp_path: Path, changes: dict[str, str]) -> None:
    folder = tiny.save_bert(tmp_path, **changes)
    scores = load_folder(folder, name="tiny").score(PAIRS)
    assert scores == pytest.approx(reference(folder, PAIRS), abs=1e-5)


def test_weights_in_half_precision_are_computed_in_single(distilbert: Path) -> None:
    before = load_folder(distilbert, name="tiny").score(PAIRS)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(distilbert)
    model.half().save_pretrained(distilbert)
    scorer = load_folder(distilbert, name="tiny")
    assert scorer.score(PAIRS) == pytest.approx(before, abs=0.05)
    # Batches of different shapes agree far more closely than half precision could.
    assert scorer.score(PAIRS)[:1] == pytest.approx(scorer.score(PAIRS[:1]), abs=1e-5)


def test_any_text_is_scored(any_model: Path) -> None:
    scorer = load_folder(any_model, name="tiny")
    strange = ["\ud83d", "\udc00 lone \ud800", "\x00\x07", "\u200b", "\ufffe", "[SEP]", "</s>" * 9]
    scores = scorer.score([Pair(text, text) for text in strange])
    assert np.isfinite(scores).all()


def test_typed_special_tokens_are_only_text(saved_bert: Path) -> None:
    scorer = load_folder(saved_bert, name="tiny")
    ids = scorer._tokenizer.encode([Pair("She left [SEP] now.", "[CLS] She [PAD] left.")])[0].ids
    plain = scorer._tokenizer.encode([Pair("a", "b")])[0].ids
    separator, start = plain[-1], plain[0]
    assert (ids.count(separator), ids.count(start), ids.count(0)) == (2, 1, 0)


def test_calls_from_several_threads(saved_bert: Path, saved_distilbert: Path) -> None:
    for folder in (saved_bert, saved_distilbert):
        scorer = load_folder(folder, name="tiny")
        expected = scorer.score(PAIRS)
        results: list[NDArray[np.float32]] = []

        def work(scorer: TorchScorer = scorer, results: list = results) -> None:
            results.extend(scorer.score(PAIRS) for _ in range(20))

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(results) == 40
        for scores in results:
            assert scores == pytest.approx(expected, abs=1e-6)


def test_a_closed_scorer_says_so(saved_bert: Path) -> None:
    scorer = load_folder(saved_bert, name="tiny")
    scorer.close()
    scorer.close()
    with pytest.raises(ModelError, match="closed"):
        scorer.score(PAIRS)


def test_the_fingerprint_follows_weights_and_labels(bert: Path, tmp_path: Path) -> None:
    first = load_folder(bert, name="tiny").fingerprint
    assert load_folder(bert, name="another name").fingerprint == first
    tiny.edit_config(bert, id2label={"0": "neutral", "1": "entailment", "2": "contradiction"})
    assert load_folder(bert, name="tiny").fingerprint != first
    other = tiny.save_bert(tmp_path / "other", initializer_range=0.2)
    assert load_folder(other, name="tiny").fingerprint != first


def test_the_number_of_threads_can_be_given(saved_bert: Path) -> None:
    before = torch.get_num_threads()
    try:
        load_folder(saved_bert, name="tiny", threads=1)
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)
