"""From what people type to claims that can be judged."""

from __future__ import annotations

import re
import unicodedata

from nli.clauses import split_clauses
from nli.errors import InputError
from nli.sentences import split_sentences
from nli.statements import as_statement, is_small_talk

__all__ = ["MAX_CLAIM_CHARACTERS", "as_statement", "clean_claim", "split_claims"]

MAX_CLAIM_CHARACTERS = 1_000

_CODE_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_DISCORD = re.compile(
    r"<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^:>\n]{1,100}:\d+|id:\w+)>|@(?:everyone|here)\b"
)
_MASKED_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(<?https?://[^\s()]+>?\)")
_LINK = re.compile(r"<?https?://[^\s>]+>?")
_LINE_MARKS = re.compile(r"^[ \t]*(?:(?:>>>|>|-#|#{1,3})[ \t]+)+", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*•‣][ \t]+", re.MULTILINE)
_LIST_MARK = re.compile(r"^[ \t]*(?:[-*•‣]|\d{1,2}[.)])[ \t]+")
_MARKS = re.compile(r"\*\*|__|~~|\|\||`+|\\(?=[*_~|`>#])")
_ITALICS = re.compile(r"(?<!\w)([*_])(?=\S)([^*_]{1,300})(?<=\S)\1(?!\w)")
_QUOTATION = re.compile(r"[\"“„«].*[\"”“»][.!?]?", re.DOTALL)
_SIGNED = re.compile(
    r"(?:[-–—~]+\s*\w|(?:said|says|told|according to|sagte|sagt|laut)\s)", re.IGNORECASE
)
# What comes after a question and makes no claim without it.
_ANSWER = re.compile(
    r"(?:no|nope|nah|yes|yep|yeah|yea|nein|ja|doch|he|she|it|they|theyre|hes|shes|its|thought|"
    r"sounds like|i (?:heard|think|thought|guess) (?:he|she|it|they|so|not))\b",
    re.IGNORECASE,
)


def clean_claim(text: str) -> str:
    """A claim on one line, without what only decorates it.

    Raises:
        InputError: nothing is left, or more than MAX_CLAIM_CHARACTERS.
    """
    claim = _fold(_BULLET.sub("", _without_markup(text)))
    if not any(character.isalnum() for character in claim):
        raise InputError(
            "There is no claim in this. Write a statement to check, such as "
            "“The minister visited Moscow in March.”"
        )
    if len(claim) > MAX_CLAIM_CHARACTERS:
        raise InputError(
            "This is too long for one claim: {most} characters are the most. "
            "Shorten it to the statement that matters.",
            most=MAX_CLAIM_CHARACTERS,
        )
    return claim


def split_claims(message: str) -> list[str]:
    """The claims in a chat message, as typed, in order; none if it is only small talk.

    Greetings, thanks, links and code are left out. A quotation stays with its speaker and a
    question with its answer. Claims may be longer than MAX_CLAIM_CHARACTERS: see clean_claim.
    """
    claims: list[str] = []
    for line in _lines(_CODE_BLOCK.sub("\n", message)):
        pieces = [sentence.text for sentence in split_sentences(line)]
        for piece in pieces:
            if claims and _belongs_to_previous(claims[-1], piece):
                claims[-1] = f"{claims[-1]} {piece}"
            elif not is_small_talk(piece):
                claims.append(piece)
    return [clause for claim in claims for clause in split_clauses(claim)]


def _lines(message: str) -> list[str]:
    """Lines and list items without markup; a line that ends on a comma goes on in the next."""
    lines: list[str] = []
    for raw in _without_markup(message).splitlines():
        item = _LIST_MARK.match(raw)
        line = _fold(raw)
        if not line:
            continue
        if lines and _goes_on(lines[-1], line, is_item=item is not None):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(_LIST_MARK.sub("", line))
    return lines


def _goes_on(line: str, following: str, *, is_item: bool) -> bool:
    if _is_quotation(line) and _SIGNED.match(following):
        return True
    return not is_item and line.endswith((",", ";")) and not is_small_talk(line)


def _belongs_to_previous(previous: str, piece: str) -> bool:
    if _is_quotation(piece):
        # One quotation in several sentences, or the second half of a split one.
        return previous.startswith(('"', "“", "„", "«"))
    if _is_quotation(previous) and _SIGNED.match(piece):
        return True
    opened = sum(previous.count(mark) for mark in "“„") - previous.count("”")
    if previous.count('"') % 2 or opened > 0:
        return True
    return previous.endswith("?") and _ANSWER.match(piece) is not None


def _is_quotation(text: str) -> bool:
    return _QUOTATION.fullmatch(text) is not None


def _without_markup(text: str) -> str:
    text = "".join(map(_visible, text))
    text = _DISCORD.sub(" ", text)
    text = _MASKED_LINK.sub(r"\1", text)
    text = _LINK.sub(" ", text)
    return _ITALICS.sub(r"\2", _MARKS.sub("", _LINE_MARKS.sub("", text)))


def _visible(character: str) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    if category in {"Zl", "Zp"} or character == "\r":
        return "\n"
    if category in {"Cc", "Zs"}:
        return " "
    return "" if category in {"Cf", "Cs", "Co", "Cn"} else character


def _fold(text: str) -> str:
    return " ".join(text.split())
