"""Many calls: workers, results, and the files of journals."""
