"""Which output of a model means what: read from its config, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from nli.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Meaning: TypeAlias = Literal["entailment", "contradiction", "neutral", "not entailment"]

_SPELLINGS: dict[Meaning, tuple[str, ...]] = {
    "entailment": (
        *("entailment", "entail", "entails", "entailed"),
        *("support", "supports", "supported", "true"),
    ),
    "contradiction": (
        *("contradiction", "contradict", "contradicts", "contradicted", "contradictory"),
        *("refutation", "refute", "refutes", "refuted", "false"),
    ),
    "neutral": (
        *("neutral", "unknown", "undetermined", "unverifiable", "unrelated", "nei"),
        *("not_mentioned", "no_information", "not_enough_info", "not_enough_information"),
        *("not_enough_evidence", "insufficient_information", "insufficient_evidence"),
    ),
    "not entailment": (
        *("not_entailment", "non_entailment", "no_entailment", "not_entailed"),
        *("not_supported", "unsupported"),
    ),
}
_MEANINGS: dict[str, Meaning] = {
    spelling: meaning for meaning, group in _SPELLINGS.items() for spelling in group
}
_HOW_TO_NAME = (
    'Write the names into "id2label" of its config.json, for example '
    '{"0": "entailment", "1": "neutral", "2": "contradiction"} in the model\'s own order.'
)


@dataclass(frozen=True, slots=True)
class Labels:
    """Positions of the three answers among a model's outputs.

    A two-way model has neither contradiction nor neutral: its other output only says that the
    premise does not entail the hypothesis.
    """

    names: tuple[str, ...]
    """As the config spells them, in the order of the outputs."""
    entailment: int
    contradiction: int | None
    neutral: int

    @property
    def contradicts(self) -> bool:
        """False for two-way models."""
        return self.contradiction is not None

    def arrange(self, probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
        """From shape (pairs, outputs) to (pairs, 3): entailment, contradiction, neutral."""
        arranged = np.zeros((len(probabilities), 3), dtype=np.float32)
        arranged[:, 0] = probabilities[:, self.entailment]
        if self.contradiction is not None:
            arranged[:, 1] = probabilities[:, self.contradiction]
        arranged[:, 2] = probabilities[:, self.neutral]
        return arranged


def read_labels(config: Mapping[str, object]) -> Labels:
    """Find out the order of a model's outputs from its config.json.

    Raises:
        ModelError: the config does not say, or the model does not tell entailment apart.
    """
    problem = config.get("problem_type")
    if problem not in (None, "single_label_classification"):
        raise ModelError(
            f"The model solves a {str(problem).replace('_', ' ')} task. "
            "A natural language inference model with one answer a pair is needed."
        )
    names = _names(config)
    if len(names) not in (2, 3):
        raise ModelError(
            f"The model has {_count(len(names), 'label')} ({_listed(names)}). Natural language "
            "inference needs three (entailment, neutral, contradiction) or two (entailment or not)."
        )
    meanings: list[Meaning | None] = [_MEANINGS.get(_folded(name)) for name in names]
    return _three_way(names, meanings) if len(names) == 3 else _two_way(names, meanings)


def _three_way(names: tuple[str, ...], meanings: list[Meaning | None]) -> Labels:
    if sorted(meanings, key=str) != ["contradiction", "entailment", "neutral"]:
        raise ModelError(
            f"The model's labels ({_listed(names)}) do not say which of them means entailment, "
            f"which contradiction and which neither. {_HOW_TO_NAME}"
        )
    return Labels(
        names,
        entailment=meanings.index("entailment"),
        contradiction=meanings.index("contradiction"),
        neutral=meanings.index("neutral"),
    )


def _two_way(names: tuple[str, ...], meanings: list[Meaning | None]) -> Labels:
    if meanings.count("entailment") != 1 or None in meanings:
        raise ModelError(
            f"The model's labels ({_listed(names)}) do not say which of them means entailment. "
            'Write "entailment" and "not_entailment" into "id2label" of its config.json '
            "in the model's own order."
        )
    entailment = meanings.index("entailment")
    # Asked to choose between two, even a model that calls the other one "contradiction" must put
    # everything that is merely not said there. It is no ground to call a claim contradicted.
    return Labels(names, entailment=entailment, contradiction=None, neutral=1 - entailment)


def _names(config: Mapping[str, object]) -> tuple[str, ...]:
    """Names by output; `label2id` counts where `id2label` is missing or only numbers outputs."""
    named = _by_position(config.get("id2label"), position_is_key=True)
    if not named or all(_is_placeholder(name) for name in named):
        named = _by_position(config.get("label2id"), position_is_key=False) or named
    if not named:
        raise ModelError(f"The model's config.json does not name its labels. {_HOW_TO_NAME}")
    return named


def _by_position(table: object, *, position_is_key: bool) -> tuple[str, ...]:
    """Empty unless the table numbers the outputs 0, 1, 2, ... without a gap."""
    if not isinstance(table, Mapping):
        return ()
    names: dict[int, str] = {}
    for key, value in table.items():
        position, name = (key, value) if position_is_key else (value, key)
        try:
            names[int(position)] = str(name)
        except (TypeError, ValueError):
            return ()
    if sorted(names) != list(range(len(table))):
        return ()
    return tuple(names[position] for position in range(len(names)))


def _is_placeholder(name: str) -> bool:
    return re.fullmatch(r"(label_?)?\d+", name.strip().lower()) is not None


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _listed(names: tuple[str, ...], most: int = 5) -> str:
    shown = ", ".join(name[:40] for name in names[:most])
    return shown + (", ..." if len(names) > most else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
