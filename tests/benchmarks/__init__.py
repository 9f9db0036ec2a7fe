"""How fast and how big, measured side by side with the alternatives: ``nox -s bench``."""
