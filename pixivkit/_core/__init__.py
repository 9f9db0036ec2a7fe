"""The core: declare, send and structure calls, without knowing a single endpoint."""
