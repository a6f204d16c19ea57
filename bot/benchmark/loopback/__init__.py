"""A small Discord on loopback: enough of its REST API and gateway for an unmodified client.

It answers as Discord documents its answers, refuses what Discord refuses, remembers every
request, and can be told to fail. The wire tests and the benchmark talk to the bot through it.
"""

from bot.benchmark.loopback.faults import Recorded
from bot.benchmark.loopback.interactions import Interaction
from bot.benchmark.loopback.server import LoopbackDiscord
from bot.benchmark.loopback.view import MessageView, ModalView
from bot.benchmark.loopback.world import Channel, Guild, Person, Upload

__all__ = [
    "Channel",
    "Guild",
    "Interaction",
    "LoopbackDiscord",
    "MessageView",
    "ModalView",
    "Person",
    "Recorded",
    "Upload",
]
