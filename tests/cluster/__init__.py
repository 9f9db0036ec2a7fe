"""Programs on a Ray cluster: real processes on this machine, the fake pixiv on a socket."""
