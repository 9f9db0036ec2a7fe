"""What calls, sends and structures, without knowing a single endpoint."""
