"""Run many jobs at once: workers, their results, and journal files."""
