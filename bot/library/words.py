"""From what people type to words that are looked up.

Only what comes out of `quoted` is ever put into a full-text query, so nothing a person types
is taken for an operator.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_TERMS = 40
MIN_BEGINNING = 3
"""Letters of an unfinished word; fewer begin so many words that nothing is told apart."""
# Figures and initials ("41,500", "U.N.") are split by the index, but looked up in one piece.
_WORD = re.compile(r"\d+(?:[.,:/]\d+)+|(?:[^\W\d_]\.){2,}|\w+")
_PHRASE_OR_REST = re.compile(r'"([^"]*)"|([^"]+)')

_FUNCTION_WORDS = """
a about above after again all also am an and any are aren as at be because been before being
below between both but by can cannot could couldn did didn do does doesn doing don down during
each either ever every few for from further get gets getting give given go goes going gone got
had hadn has hasn have haven having he her here hers herself him himself his how i if in into is
isn it its itself just ll let lot made make makes many may me might mine more most much must my
myself neither no nor not of off on once one only onto or other our ours ourselves out over own
put quite rather re really s same say saying says shall she should shouldn since so some such t
than that the their theirs them themselves then there these they thing things this those though
through to too under until up upon us ve very was wasn we well went were weren what when where
whether which while who whom whose why will with within without won would wouldn yeah yes yet
you your yours yourself yourselves
arent cant couldnt didnt doesnt dont hadnt hasnt havent hes im isnt ive shes shouldnt thats
theyre wasnt weve werent whats wont wouldnt youre
said told according true false right wrong correct actually wait hey hi hello please ok okay lol
btw guys anyone someone something somebody anything article news claim claims claimed
aber alle als also am an auch auf aus bei beim bin bis bist da dann das dass dem den denn der des
die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es
für gegen hat hatte hatten ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im ins ist ja kann kein
keine man mehr mit nach nicht noch nun nur ob oder ohne schon sehr sein seine seinem seinen
seiner sich sie sind soll über um und uns unter vom von vor war waren was weil wenn wer werden
wie wieder wir wird wo wurde wurden zu zum zur
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


def words(text: str) -> list[str]:
    """The words of a text in order and in lower case."""
    return _WORD.findall(text.lower())


def telling_words(text: str) -> list[str]:
    """The words that can tell one article from another, each once.

    If there are no others, also function words are better than nothing.
    """
    found = list(dict.fromkeys(words(text)))
    return ([word for word in found if _is_telling(word)] or found)[:MAX_TERMS]


def _is_telling(word: str) -> bool:
    return word not in FUNCTION_WORDS and (len(word) > 1 or word.isdigit())


def quoted(word: str, *, beginning: bool = False) -> str:
    """A word, or several in a row, as a full-text query for just that."""
    term = '"' + word.replace('"', " ").replace("\0", " ") + '"'
    return term + "*" if beginning else term


def all_of(terms: Iterable[str]) -> str:
    return " AND ".join(terms)


def any_of(terms: Iterable[str]) -> str:
    return " OR ".join(terms)


def search_terms(text: str) -> list[str]:
    """Query terms of a search: "quoted words" in a row, others anywhere in the sentence.

    The last word may be unfinished.
    """
    phrases: list[str] = []
    singles: list[str] = []
    for phrase, rest in _PHRASE_OR_REST.findall(text):
        phrases += [" ".join(words(phrase))] if words(phrase) else []
        singles += words(rest)
    if phrases or any(map(_is_telling, singles)):
        singles = list(filter(_is_telling, singles))
    terms = [quoted(term) for term in dict.fromkeys((*phrases, *singles))][:MAX_TERMS]
    # The last word typed, if it is one of those looked for.
    last = singles[-1] if singles and text.lower().endswith(singles[-1]) else ""
    if len(last) >= MIN_BEGINNING and quoted(last) in terms:
        terms[terms.index(quoted(last))] = f"({quoted(last)} OR {quoted(last, beginning=True)})"
    return terms
