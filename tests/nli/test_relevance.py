"""Which sentences are about a claim, without a model."""

from __future__ import annotations

import numpy as np
import pytest

from nli.relevance import IDF_FILE, RelevanceModel
from nli.training.rarity import rarity_of_pieces
from tests.nli.test_corpus import CORPUS

SENTENCES = [
    "The old bridge over the river was closed to cars on Monday.",
    "Mayor Ana Reyes said repairs would cost 4 million crowns.",
    "She expects it to open again in May.",
]


@pytest.fixture(scope="module")
def model() -> RelevanceModel:
    return RelevanceModel.load()


def test_the_sentence_with_the_words_of_the_claim_is_the_most_relevant(
    model: RelevanceModel,
) -> None:
    found = model.compare("Repairs cost 4 million crowns.", SENTENCES)
    assert found.sentences.argmax() == 1
    assert found.overlap.argmax() == 1


def test_words_of_like_meaning_count(model: RelevanceModel) -> None:
    related = model.compare("Vehicles cannot cross.", SENTENCES[:1]).sentences[0]
    unrelated = model.compare("Violins cannot whisper.", SENTENCES[:1]).sentences[0]
    assert related > unrelated


def test_a_sentence_gets_a_share_of_the_one_before(model: RelevanceModel) -> None:
    found = model.compare("Reyes said repairs would cost a lot.", SENTENCES)
    assert found.in_context[2] > found.sentences[2]
    assert found.in_context[0] == found.sentences[0]


def test_shapes_and_ranges(model: RelevanceModel) -> None:
    found = model.compare("The bridge opens in May.", SENTENCES)
    assert found.pieces.shape == (len(found.weights), len(SENTENCES))
    assert found.weights.sum() == pytest.approx(1.0, abs=1e-5)
    assert ((found.sentences >= 0) & (found.sentences <= 1 + 1e-5)).all()


def test_sentences_without_words_have_no_relevance(model: RelevanceModel) -> None:
    assert model.compare("A claim.", ["", " "]).sentences.tolist() == [0.0, 0.0]


def test_the_shipped_table_is_that_of_the_corpus(model: RelevanceModel) -> None:
    assert np.array_equal(np.load(IDF_FILE), rarity_of_pieces(model, CORPUS))
