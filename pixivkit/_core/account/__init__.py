"""Who a client is: credentials, cookies, app and hosts."""
