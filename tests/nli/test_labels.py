"""Which output of a model means what."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from nli.errors import ModelError
from nli.scorer.labels import read_labels

SPELLINGS = [
    ("entailment", "contradiction", "neutral"),
    ("ENTAILMENT", "CONTRADICTION", "NEUTRAL"),
    ("entail", "contradict", "neutral"),
    ("Entails", "Contradicts", "Neutral"),
    ("supported", "contradicted", "not_mentioned"),
    ("SUPPORTS", "REFUTES", "NOT ENOUGH INFO"),
    ("supports", "refutes", "not-enough-info"),
    ("SUPPORTED", "REFUTED", "NEI"),
    ("support", "refute", "unknown"),
    ("true", "false", "Neutral"),
]


@pytest.mark.parametrize("names", SPELLINGS)
def test_every_order_of_every_spelling_is_read(names: tuple[str, str, str]) -> None:
    for order in permutations(range(3)):
        config = {"id2label": {str(place): names[which] for place, which in enumerate(order)}}
        labels = read_labels(config)
        outputs = np.array([[0.1 * (which + 1) for which in order]], dtype=np.float32)
        assert labels.arrange(outputs) == pytest.approx(np.array([[0.1, 0.2, 0.3]]))
        assert labels.contradicts


def test_numbers_may_be_written_as_numbers() -> None:
    labels = read_labels({"id2label": {0: "neutral", 1: "entailment", 2: "contradiction"}})
    assert (labels.neutral, labels.entailment, labels.contradiction) == (0, 1, 2)


def test_label2id_counts_where_id2label_only_numbers() -> None:
    config = {
        "id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"},
        "label2id": {"contradiction": 0, "neutral": 1, "entailment": 2},
    }
    assert read_labels(config).entailment == 2
    assert read_labels({"label2id": config["label2id"]}).contradiction == 0


@pytest.mark.parametrize(
    ("names", "entailment"),
    [
        (("entailment", "not_entailment"), 0),
        (("NOT ENTAILMENT", "ENTAILMENT"), 1),
        (("non-entailment", "entailment"), 1),
        (("contradiction", "entailment"), 1),
        (("entailment", "neutral"), 0),
        (("unsupported", "supported"), 1),
    ],
)
def test_two_way_models_never_contradict(names: tuple[str, str], entailment: int) -> None:
    labels = read_labels({"id2label": {"0": names[0], "1": names[1]}})
    outputs = np.array([[0.3, 0.7]], dtype=np.float32)
    arranged = labels.arrange(outputs)
    assert not labels.contradicts
    assert arranged[0, 0] == outputs[0, entailment]
    assert arranged[0, 1] == 0
    assert arranged[0, 2] == outputs[0, 1 - entailment]


@pytest.mark.parametrize(
    ("config", "part"),
    [
        ({}, "does not name its labels"),
        ({"id2label": {}}, "does not name its labels"),
        ({"id2label": ["entailment", "neutral", "contradiction"]}, "does not name its labels"),
        ({"id2label": {"0": "entailment", "2": "neutral"}}, "does not name its labels"),
        ({"id2label": {"a": "entailment", "b": "neutral"}}, "does not name its labels"),
        ({"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}}, "do not say"),
        ({"id2label": {"0": "0", "1": "1"}}, "do not say which of them means entailment"),
        ({"id2label": {"0": "positive", "1": "negative"}}, "(positive, negative) do not say"),
        ({"id2label": {"0": "contradiction", "1": "neutral"}}, "do not say"),
        ({"id2label": {"0": "entailment", "1": "entailed"}}, "do not say"),
        ({"id2label": {"0": "entailment", "1": "neutral", "2": "not_entailment"}}, "do not say"),
        ({"id2label": {"0": "entailment"}}, "has 1 label (entailment)"),
        ({"id2label": {str(n): f"topic {n}" for n in range(9)}}, "has 9 labels (topic 0, topic 1"),
        (
            {
                "id2label": {"0": "entailment", "1": "not_entailment"},
                "problem_type": "multi_label_classification",
            },
            "multi label classification",
        ),
    ],
)
def test_what_cannot_be_recognised_is_refused(config: dict[str, object], part: str) -> None:
    with pytest.raises(ModelError) as caught:
        read_labels(config)
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)
