"""Answers put into words, the same for Discord and the terminal."""

from bot.replies.reply import Action, ActionKind, Block, BlockKind, Reply, Tone

__all__ = ["Action", "ActionKind", "Block", "BlockKind", "Reply", "Tone"]
