"""Write all generated files: ``python -m tools.generate``; ``--check`` compares them."""
