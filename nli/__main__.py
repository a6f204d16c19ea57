"""`python -m nli`."""

from nli.cli import main

main()
