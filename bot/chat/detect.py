"""From a message to what it asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.chat.intents import Asked, Intent
from bot.chat.phrases import Match, Phrase, Spelling
from bot.chat.tables import LANGUAGES, load_table
from bot.chat.words import Words, links_in, without_links, without_mentions
from nli import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_PHRASE = 40
"""Words; whatever is longer is a claim."""
LONGEST_NAME = 40
"""Letters of a single word that may be looked up."""
LONGEST_QUESTION = 25
MOST_FILLERS = 3
"""Words like "hey" and "please" that are passed over at either end."""

LONGEST_REQUEST = 5
PARTING = frozenset(".,;:!?")
QUOTES = "\"'“”„‚‘’«»‹›)*_"
NAMELESS = frozenset(["it", "that", "this", "them", "these", "those", "das", "dies", "es", "dazu"])
"""Words that name nothing to search for."""
WITH_A_LINK = frozenset([Intent.ASIDE, Intent.READ, Intent.USE, Intent.SHOW, Intent.AGAINST])
"""What a link and a few words ask for: that the page be read."""


class Detector:
    """Holds the tables of phrases; the first that covers the whole message tells."""

    def __init__(self) -> None:
        tables = [load_table(language) for language in LANGUAGES]

        def phrases(section: str) -> list[Phrase]:
            found = [table.phrase(section) for table in tables]
            return [phrase for phrase in found if phrase]

        def words(section: str) -> frozenset[str]:
            return frozenset[str]().union(*(table.words(section) for table in tables))

        self._intents = [(intent, phrase) for intent in Intent for phrase in phrases(intent)]
        self._tentative = [
            (intent, phrase)
            for intent in (Intent.USE, Intent.AGAINST)
            for phrase in phrases(f"tentative {intent}")
        ]
        self._requests = phrases("request")
        self._wrong = [*phrases(Intent.WRONG), *phrases("no")]
        self._verdicts = [(verdict, phrase) for verdict in Verdict for phrase in phrases(verdict)]
        self._reasons = phrases("because")
        self._leading = words("leading")
        self._trailing = words("trailing")
        self._question_words = words("question words")
        self._tags = words("tags")
        self._spelling = Spelling(word for _, phrase in self._intents for word in phrase.words)

    def understand(self, text: str) -> Asked:
        """What the message asks for; a claim if it is nothing else."""
        text = without_mentions(text)
        return replace(self._understand(text), text=text)

    def _understand(self, text: str) -> Asked:
        links = links_in(text)
        words = Words.of(without_links(text))
        if not words:
            return Asked(Intent.LINK, links[0]) if links else Asked(Intent.NOTHING)
        asked = self._phrase(words) if len(words) <= LONGEST_PHRASE else None
        if links:
            asked = Asked(Intent.LINK, links[0]) if asked and asked.intent in WITH_A_LINK else None
        asked = asked or self._open_question(words)
        if asked is None and len(words) == 1 and len(words.folded[0]) <= LONGEST_NAME:
            return Asked(Intent.ABOUT, words.text(0, 1), sure=False)
        return asked or Asked(Intent.CLAIM, text)

    def _phrase(self, words: Words) -> Asked | None:
        corrected = words.spelt(self._spelling.correct(words.folded))
        for reading in dict.fromkeys((words, corrected)):
            parts = list(self._without_fillers(reading))
            if asked := self._first(parts, self._intents):
                return asked
            if asked := next(filter(None, map(self._feedback, parts)), None):
                return asked
        parts = list(self._without_fillers(words))
        asked = self._first(parts, self._tentative)
        return replace(asked, sure=False) if asked else None

    def _first(
        self, parts: Sequence[Words], phrases: Sequence[tuple[Intent, Phrase]]
    ) -> Asked | None:
        for intent, phrase in phrases:
            for words in parts:
                found = phrase.match(words.folded)
                asked = self._asked(intent, words, found) if found else None
                if asked:
                    return asked
        return None

    def _asked(self, intent: Intent, words: Words, found: Match) -> Asked | None:
        """What a message of that phrase asks for; None if it only looks like it."""
        start, end = found.start, found.end
        if end == len(words):
            fillers = _run(words.folded[start:end][::-1], self._trailing)
            end = max(start + 1, end - fillers)
        if intent in (Intent.RIGHT, Intent.WRONG) and words.asks:
            return Asked(Intent.ASIDE)
        if intent is Intent.ABOUT and NAMELESS.issuperset(words.folded[start:end]):
            return Asked(Intent.SHOW)
        if intent is Intent.QUESTION:
            return Asked(intent, words.text(0, len(words))) if _in_one_breath(words) else None
        return Asked(intent, words.text(start, end))

    def _feedback(self, words: Words) -> Asked | None:
        """A "wrong" with the right verdict or a reason behind it."""
        for length in range(1, 0 if words.asks else len(words)):
            head, tail = words.folded[:length], words.folded[length:]
            if not any(phrase.match(head) for phrase in self._wrong):
                continue
            for verdict, phrase in self._verdicts:
                if phrase.match(tail):
                    return Asked(Intent.WRONG, verdict=verdict)
            for phrase in self._reasons:
                if found := phrase.match(tail):
                    why = words.text(length + found.start, length + found.end)
                    return Asked(Intent.WRONG, why, sure=False)
        return None

    def _without_fillers(self, words: Words) -> Iterator[Words]:
        """The words, then the same with ever more fillers taken off the ends.

        Fillers at the beginning are also polite requests, such as "can you please".
        """
        length = len(words)
        leading = _run(words.folded, self._leading)
        leading += self._request(words.folded[leading:])
        trailing = _run(words.folded[::-1], self._trailing)
        offs = [(front, back) for front in range(leading + 1) for back in range(trailing + 1)]
        for front, back in sorted(offs, key=sum):
            if front + back < length:
                yield words.between(front, length - back)

    def _request(self, words: Sequence[str]) -> int:
        """How many words at the beginning are polite requests, one after the other."""
        for length in range(min(LONGEST_REQUEST, len(words)), 0, -1):
            if any(phrase.match(words[:length]) for phrase in self._requests):
                return length + self._request(words[length:])
        return 0

    def _open_question(self, words: Words) -> Asked | None:
        """A question for something else than yes or no: no verdict can answer it."""
        part = words.between(_run(words.folded, self._leading), len(words))
        if (
            part.asks
            and 2 <= len(part) <= LONGEST_QUESTION
            and part.folded[0] in self._question_words
            and part.folded[-1] not in self._tags
            and _in_one_breath(part)
        ):
            return Asked(Intent.QUESTION, part.text(0, len(part)))
        return None


def _in_one_breath(words: Words) -> bool:
    """Whether no punctuation parts the words.

    If it does, the question may be quoted ("Who is to blame?" the mayor asked), or its writer
    proposes an answer (how many people died, 3?).
    """
    return not any(token.rstrip(QUOTES)[-1:] in PARTING for token in words.original[:-1])


def _run(words: Sequence[str], fillers: frozenset[str]) -> int:
    """How many words from the first on are fillers."""
    count = 0
    while count < min(len(words), MOST_FILLERS) and words[count] in fillers:
        count += 1
    return count
