"""Write all generated files: ``python -m tools.generate`` writes it, with ``--check`` compares it."""
