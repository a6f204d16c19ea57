"""How rare each word piece is in news: `python -m nli.training.rarity corpus`.

Makes the table that `nli.relevance` reads. It depends on the tokenizer only, so a new model with
the same vocabulary needs no new one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nli.evaluation.corpus import read_corpus
from nli.relevance import IDF_FILE, RelevanceModel

if TYPE_CHECKING:
    from numpy.typing import NDArray


def rarity_of_pieces(model: RelevanceModel, corpus: Path) -> NDArray[np.float16]:
    """Smoothed inverse document frequency over training sentences; shape (vocabulary,)."""
    sentences = [
        np.unique(model.pieces(sentence.text))
        for file in read_corpus(corpus, development=False)
        for sentence in file.article.sentences
    ]
    counts = np.bincount(np.concatenate(sentences), minlength=model.vocabulary)
    return np.log((len(sentences) + 1) / (counts + 1)).astype(np.float16)


def main(corpus: Path) -> None:
    """Write the table into the package."""
    np.save(IDF_FILE, rarity_of_pieces(RelevanceModel.load(), corpus))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
