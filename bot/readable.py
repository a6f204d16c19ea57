"""Text from outside, made safe to store and to send on."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def readable(text: str) -> str:
    """Lone surrogates, which no encoding takes, become U+FFFD; control characters a space."""
    return _CONTROL.sub(" ", _UNSTORABLE.sub("\ufffd", text))
