"""Articles a new installation starts with."""
