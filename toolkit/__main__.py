"""``python -m toolkit`` is ``factcheck``."""

from toolkit.cli import main

main()
