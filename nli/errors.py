"""Errors whose message is meant for the person who asked."""

from __future__ import annotations


class AttestError(Exception):
    """Base of all errors that carry a sentence for the user: what was wrong and what to do next.

    The sentence may have {placeholders} for `values`, so that it can be translated first.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class InputError(AttestError):
    """The claim or the article cannot be judged as it is."""


class ModelError(AttestError):
    """The model is missing, damaged or of a kind that gives no verdicts."""
