"""Text as it is stored, and how the same article is recognised."""

from __future__ import annotations

import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What web pages, word processors and copying change without changing the text.
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
)


def storable(text: str) -> str:
    """The text without what cannot be stored: lone surrogates and NUL become U+FFFD."""
    if text.isascii():
        return text.replace("\0", REPLACEMENT)
    # Through UTF-16, so that two surrogates that belong together become their character.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", REPLACEMENT)


def digest(sentences: Iterable[str]) -> bytes:
    """Equal for texts that differ only in case, white space and typography."""
    text = unicodedata.normalize("NFKC", " ".join(sentences)).casefold().translate(_TYPOGRAPHY)
    return blake2b("".join(text.split()).encode(), digest_size=16).digest()
