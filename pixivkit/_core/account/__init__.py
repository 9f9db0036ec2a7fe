"""The account of a client: credentials, cookies, app profile and hosts."""
