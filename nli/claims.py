"""From what people type to claims that can be judged."""

from __future__ import annotations

MAX_CLAIM_CHARACTERS = 1_000


def clean_claim(text: str) -> str:
    raise NotImplementedError


def split_claims(message: str) -> list[str]:
    raise NotImplementedError
