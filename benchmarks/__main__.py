"""All benchmarks, each in its own process so that none warms another: `python -m benchmarks [name …]`.

A benchmark is a module of this folder that prints a table with the ratio to what it is measured beside, and exits 1 when its
budget does not hold.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Run those named, or all; 1 if any budget does not hold."""
    known = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    if unknown := sorted(set(names) - set(known)):
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    missed = []
    for name in names or known:
        print(f"\n== {name}", flush=True)
        if subprocess.call([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent):
            missed.append(name)
    print("\nbudgets not held: " + ", ".join(missed) if missed else "\nall budgets hold")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
