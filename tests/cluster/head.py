"""
A Ray until the standard input ends; prints its address and its folder.

The argument is the number of its slots. Homes take none, but Ray Data does; and for each slot Ray
has a worker ready in case.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

if __name__ == "__main__":
    ray: Any = importlib.import_module("ray")
    context = ray.init(
        "local",
        num_cpus=int(sys.argv[1]),
        object_store_memory=80 * 1024 * 1024,
        include_dashboard=False,
        _node_name="node-of-the-tests",
    ).address_info
    os.write(1, f"{context['gcs_address']} {context['session_dir']}\n".encode())
    sys.stdin.read()
