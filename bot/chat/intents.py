"""What a message asks for, told by whole-message phrases and never by keywords."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nli import Verdict


class Intent(StrEnum):
    """In the order in which phrases are tried: the narrower first."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    WHO = "who"
    PRIVACY = "privacy"
    LIST = "list"
    OTHER = "other"
    """The same claim against another article."""
    AGAINST = "against"
    """The same claim against the article that `words` name."""
    USE_ALL = "use_all"
    USE = "use"
    """From now on the article that `words` name."""
    READ = "read"
    """The article itself."""
    WHY = "why"
    SHOW = "show"
    """More evidence."""
    ABOUT = "about"
    """What the article says about `words`."""
    RIGHT = "right"
    WRONG = "wrong"
    ASIDE = "aside"
    """Words like "is this true?": what is meant is said elsewhere."""
    CLAIM = "claim"
    """Everything that is nothing else; `words` are the message without mentions."""
    QUESTION = "question"
    """An open question: it asks for something no verdict can be."""
    LINK = "link"
    """A link and no claim."""
    NOTHING = "nothing"
    """No words at all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks for."""

    intent: Intent
    words: str = ""
    """The free part: an article's title or number, words to search for, a reason, a claim."""
    verdict: Verdict | None = None
    """With WRONG: the verdict that is said to be right."""
    text: str = ""
    """The whole message without mentions."""
    sure: bool = True
    """False if the message may as well be a claim: then it is one unless the rest fits."""
