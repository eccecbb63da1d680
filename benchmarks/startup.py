"""How long ``factcheck --help`` takes against ``python -c "import click"``, in turn, in one run.

    python benchmarks/startup.py [RUNS]

Prints the median of both and the ratio; the aim is a ratio of at most 2.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path


def seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    ours = str(Path(sys.executable).with_name("factcheck"))
    pairs = [
        (seconds(ours, "--help"), seconds(sys.executable, "-c", "import click")) for _ in range(runs + 1)
    ][1:]
    help_times, click_times = zip(*pairs, strict=True)
    print(f"factcheck --help   {statistics.median(help_times) * 1000:7.1f} ms (median of {runs})")
    print(f"import click       {statistics.median(click_times) * 1000:7.1f} ms")
    print(f"ratio              {statistics.median(a / b for a, b in pairs):7.2f}")


if __name__ == "__main__":
    main()
