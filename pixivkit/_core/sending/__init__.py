"""One executor: requests with their logins, replies or errors."""
