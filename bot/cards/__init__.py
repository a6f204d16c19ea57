"""Replies drawn for Discord and for a terminal."""
