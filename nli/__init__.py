"""From a claim and an article to a verdict with the sentence that decides."""

from nli.article import Article
from nli.checker import Checker, Request
from nli.claims import clean_claim, split_claims
from nli.errors import AttestError, InputError, ModelError
from nli.sentences import Sentence, split_sentences
from nli.verdict import Evidence, Judgement, Reason, Stance, Verdict

__all__ = [
    "Article",
    "AttestError",
    "Checker",
    "Evidence",
    "InputError",
    "Judgement",
    "ModelError",
    "Reason",
    "Request",
    "Sentence",
    "Stance",
    "Verdict",
    "clean_claim",
    "split_claims",
    "split_sentences",
]
