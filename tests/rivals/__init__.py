"""Other people's clients, unmodified, against the fake pixiv: ``nox -s rivals``."""
