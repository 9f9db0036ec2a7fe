"""What is looked at before a release: each extra alone, the files, the clients of generators."""
