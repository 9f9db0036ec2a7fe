"""All that is generated: ``python -m tools.generate`` writes it, with ``--check`` compares it."""
