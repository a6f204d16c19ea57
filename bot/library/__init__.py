"""The articles: how they come in, where they lie, how the right one is found."""
