"""A Ray of a few workers, until the standard input ends; prints its address and its folder."""

from __future__ import annotations

import sys
from typing import Any

import ray as _ray

ray: Any = _ray

if __name__ == "__main__":
    context = ray.init(
        num_cpus=4, object_store_memory=80 * 1024 * 1024, include_dashboard=False
    ).address_info
    print(context["gcs_address"], context["session_dir"], flush=True)
    sys.stdin.read()
