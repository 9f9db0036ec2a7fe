"""What several tests use: a clock, transports that follow a script, a server of raw bytes."""
