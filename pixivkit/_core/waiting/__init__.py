"""Waiting of calls: pace, patience, retries, and the lifetime of a client."""
