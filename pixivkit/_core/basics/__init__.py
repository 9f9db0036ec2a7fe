"""Basics of the core that know nothing of pixiv: time, secrets, events, locks."""
