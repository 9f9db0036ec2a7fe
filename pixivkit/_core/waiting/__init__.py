"""What a call waits for: pace, patience, retries, the life of a client."""
