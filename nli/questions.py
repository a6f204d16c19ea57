"""Yes-or-no questions turned into the statement they ask about, where that is safe."""

from __future__ import annotations

import re
from itertools import pairwise

from nli.abbreviations import words
from nli.verbs import BY_BASE, PARTICIPLES

MAX_SUBJECT_WORDS = 5

_QUESTION = re.compile(
    r"(?P<aux>is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)"
    r"(?P<negated>n'?t|n’t)?\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_PRONOUNS = words("he she it they we i you this that these those there everyone everybody nobody")
# What a question says for what a statement says.
_ANY = {
    "any": "some",
    "anyone": "someone",
    "anybody": "somebody",
    "anything": "something",
    "anywhere": "somewhere",
}
_NEGATIONS = words("not no never nobody nothing none neither without hardly cannot")
_DETERMINERS = words(
    "the a an this that these those his her its their our my your some all both each every no "
    "any most many several few two three four five six seven eight nine ten"
)
_ADVERBS = words(
    "really actually ever even also just still already now then only not never always finally "
    "recently officially reportedly allegedly seriously srsly literally currently both"
)
_BREAKS_SUBJECT = words(
    "in on at by for from with to as than and or but who which that whose where when if because "
    "of whether about after before since until during under over between into out up down off "
    "like n w w/"
)
_COMPLEMENT = words(
    "a an the his her its their our not still now already gonna going able allowed expected "
    "supposed likely set due true false dead alive free safe open closed guilty back there"
)


def question_to_statement(text: str) -> str | None:
    """The statement a yes-or-no question asks about, or None.

    A negative question ("didn't he resign?") expects its positive statement. None means that it
    is no such question, or that where its subject ends is not certain.
    """
    question = _QUESTION.fullmatch(text.rstrip(" ?!.…"))
    if question is None or not _is_one_question(text):
        return None
    auxiliary = question["aux"].lower()
    tokens = question["rest"].split()
    length = _subject_length(auxiliary, tokens)
    if length is None:
        return None
    subject, predicate = tokens[:length], tokens[length:]
    if not predicate:
        return None
    statement = [*subject, *_with_auxiliary(auxiliary, predicate)]
    return " ".join(statement if _is_negative(statement) else map(_stated, statement))


def _is_negative(tokens: list[str]) -> bool:
    return any(
        _bare(token) in _NEGATIONS or re.search(r"n['’]?t$", _bare(token)) for token in tokens
    )


def _stated(token: str) -> str:
    return _ANY.get(token.lower(), token)


def _is_one_question(text: str) -> bool:
    """Whether it asks, and once: "Had he known, he would have left." does not."""
    if re.search(r"[?!]\s+\S", text) or text.rstrip().endswith("."):
        return False
    return text.rstrip().endswith("?") or re.match(r"(?:should|had|were)\b.*,", text, re.I) is None


def _subject_length(auxiliary: str, tokens: list[str]) -> int | None:
    """How many words of a question are its subject; None in doubt."""
    first = _bare(tokens[0])
    following = _bare(tokens[1]) if len(tokens) > 1 else ""
    if first in {"anyone", "anybody", "anything"} or first in {
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "there",
    }:
        return 1
    if first in _PRONOUNS and _opens_predicate(auxiliary, tokens[1:]):
        return 1
    if first in _BREAKS_SUBJECT - {"that"} or first in _ADVERBS - {"both"}:
        return None
    least = 2 if first in _DETERMINERS else 1
    if following == "" or len(tokens) <= least:
        return None
    for length in range(least, min(MAX_SUBJECT_WORDS, len(tokens) - 1) + 1):
        if any(_bare(word) in _BREAKS_SUBJECT for word in tokens[1:length]):
            return None
        if tokens[length - 1].endswith((",", ";", ":", "&", "/")):
            return None
        if tokens[length - 1].endswith(("'s", "’s")):
            continue
        if _opens_predicate(auxiliary, tokens[length:]):
            return length if _is_certain(auxiliary, tokens, length) else None
    return None


def _opens_predicate(auxiliary: str, tokens: list[str]) -> bool:
    rest = [_bare(token) for token in tokens]
    while rest and rest[0] in _ADVERBS:
        rest.pop(0)
    if not rest:
        return False
    word = rest[0]
    if auxiliary in {"is", "are", "was", "were"}:
        return word in _COMPLEMENT or word in PARTICIPLES or _is_ing(word)
    if auxiliary in {"has", "have", "had"}:
        return word in PARTICIPLES
    return word in BY_BASE or word == "be"


def _is_certain(auxiliary: str, tokens: list[str], length: int) -> bool:
    """Whether nothing speaks for a longer or shorter subject."""
    word = _bare(tokens[length])
    after = tokens[length + 1 :]
    verb = BY_BASE.get(word)
    if auxiliary in {"do", "does", "did", "can", "could", "will", "would", "should"}:
        # "did the state report say": the noun is not the verb.
        doubtful = verb is not None and verb.also_noun
        return not (doubtful and any(_bare(token) in BY_BASE for token in after[:3]))
    # "is the man arrested in May free": the participle may belong to the subject.
    later = [_bare(token) for token in after]
    return (
        not any(
            _is_ing(token) or token in PARTICIPLES or token in {"free", "dead", "alive", "back"}
            for token in later[:6]
        )
        or word in _COMPLEMENT
    )


def _with_auxiliary(auxiliary: str, predicate: list[str]) -> list[str]:
    predicate = [word for word in predicate if word.lower() != "ever"]
    if auxiliary not in {"do", "does", "did"}:
        return [auxiliary, *predicate]
    position = 0
    while position < len(predicate) and _bare(predicate[position]) in _ADVERBS:
        position += 1
    verb = BY_BASE.get(_bare(predicate[position])) if position < len(predicate) else None
    negated = any(_bare(word) in {"not", "never"} for word in predicate[: position + 1])
    if verb is None or negated or predicate[position] != verb.base or _has_second_verb(predicate):
        return [auxiliary, *predicate]
    if auxiliary == "do":
        return predicate
    form = verb.past if auxiliary == "did" else verb.third_person
    return [*predicate[:position], form, *predicate[position + 1 :]]


def _has_second_verb(predicate: list[str]) -> bool:
    """Whether another verb may hang on the same auxiliary: "did he pay and leave"."""
    return any(
        _bare(joint) == "or" or (_bare(joint) == "and" and _bare(word) in BY_BASE)
        for joint, word in pairwise(predicate)
    )


def _bare(word: str) -> str:
    return word.lower().strip(",.;:!?\"'“”‘’()")


def _is_ing(word: str) -> bool:
    return len(word) > 4 and word.endswith("ing") and word not in _NOT_VERBS


_NOT_VERBS = words(
    "being thing bring sting swing cling fling sling wing morning evening meeting building "
    "during nothing something anything everything spring string beijing hearing ceiling wedding "
    "sterling filing briefing ruling painting"
)
