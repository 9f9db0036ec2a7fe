"""All extras are installed together."""

import runpy
from pathlib import Path

for script in sorted(Path(__file__).parent.glob("*.py")):
    if script.stem != "all":
        runpy.run_path(str(script), run_name="__main__")
