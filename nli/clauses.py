"""Two statements joined by "and", told apart from one statement with an "and" in it."""

from __future__ import annotations

import re

from nli.abbreviations import words

MIN_WORDS = 3
MAX_SUBJECT_WORDS = 4

_JOINT = re.compile(r"(?:;|,\s+(?:and|but))\s+")
_WORD = re.compile(r"[\w’'.-]+")
_FINITE = words(
    "is are was were has had will would did does can could said says won lost died left fell rose "
    "won't wasn't isn't aren't weren't hasn't hadn't didn't doesn't can't couldn't wouldn't became "
    "began came gave got went held made met paid sent sold took told wants wanted voted resigned"
)
_NOT_IN_SUBJECT = words(
    "who which that whose where when if because of in on at by for with from to as than and or but "
    "not what why how while although he she it they we i you there this these those"
)
_AFTER_VERB = words("a an the his her its their to in on at for from with that")
# A subject like "the latter" leans on the clause before it.
_POINTS_BACK = words(
    "same reason result latter former other others rest one ones two verdict average"
)
# What the first clause opens or says may govern the second one as well.
_GOVERNS = words(
    "if when while although though because unless whether since after before that said says say "
    "claims claim claimed told tell tells thinks think thought believes believed denied denies "
    "deny asked asks hopes fears feared added warned warns argues argued insists insisted "
    "announced reported according heard who which both either neither not"
)


def split_clauses(claim: str) -> list[str]:
    """Cut a claim in two where each half clearly has a subject and a verb of its own.

    In doubt it stays whole: half a claim judged alone is worse than two judged together.
    """
    if claim.rstrip().endswith("?") or any(mark in claim for mark in '"“”„«»'):
        return [claim]
    for joint in _JOINT.finditer(claim):
        first, second = claim[: joint.start()].strip(), claim[joint.end() :].strip()
        if _stands_alone(first) and _starts_clause(second):
            return [*_split_list(first), *split_clauses(_capitalised(second))]
    return [claim]


def _split_list(clauses: str) -> list[str]:
    """The clauses before the "and", where commas part them: "A, B, and C"."""
    for comma in re.finditer(r",\s+", clauses):
        first, second = clauses[: comma.start()], clauses[comma.end() :]
        if _stands_alone(first) and _starts_clause(second):
            return [first, *_split_list(_capitalised(second))]
    return [clauses]


def _capitalised(clause: str) -> str:
    return clause[0].upper() + clause[1:]


def _tokens(text: str) -> list[str]:
    return [word.rstrip(".") for word in _WORD.findall(text)]


def _stands_alone(clause: str) -> bool:
    tokens = [token.lower() for token in _tokens(clause)]
    return (
        len(tokens) >= MIN_WORDS
        and not _GOVERNS.intersection(tokens)
        and any(token in _FINITE or token.endswith("ed") for token in tokens[1:])
    )


def _is_past_with_object(tokens: list[str], position: int) -> bool:
    following = tokens[position + 1].lower() if position + 1 < len(tokens) else ""
    return tokens[position].endswith("ed") and following in _AFTER_VERB


def _starts_clause(clause: str) -> bool:
    """Whether it opens with a noun phrase, not a pronoun, and a finite verb."""
    tokens = _tokens(clause)
    if len(tokens) < MIN_WORDS:
        return False
    first = tokens[0]
    if tokens[1].lower() in _POINTS_BACK:
        return False
    if not (first.lower() in {"the", "a", "an"} or first[0].isupper() or first[0].isdigit()):
        return False
    for position, token in enumerate(tokens[: MAX_SUBJECT_WORDS + 1]):
        lowered = token.lower()
        if lowered in _NOT_IN_SUBJECT:
            return False
        if lowered in _FINITE or _is_past_with_object(tokens, position):
            return position >= (2 if first.lower() in {"the", "a", "an"} else 1)
    return False
