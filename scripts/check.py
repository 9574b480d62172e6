"""All checks in one run: `check.py lint` or `check.py test [pytest arguments]`. The last line printed is pytest's total."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LINT = {
    "ruff": [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."],
    "mypy": [str(BIN / "mypy"), "--no-error-summary"],
    "import contracts": [str(BIN / "lint-imports"), "--no-logo"],
    "templates": [str(BIN / "djlint"), "thidua", "--lint", "--quiet"],
    "messages": [sys.executable, "scripts/messages.py", "--check"],
}


def step(name: str, command: list[str]) -> bool:
    """Run one check; print what it said only if it failed."""
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout.strip()[-12000:], flush=True)
    return done.returncode == 0


def lint() -> list[str]:
    """The names of the checks that failed."""
    return [name for name, command in LINT.items() if not step(name, command)]


def tests(arguments: list[str]) -> list[str]:
    """Every test on SQLite, then on PostgreSQL; the names of what failed."""
    failed = []
    chosen = arguments or ["-n", "2", "-q"]
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    print("tests on SQLite", flush=True)
    if subprocess.call([sys.executable, "-m", "pytest", *chosen], cwd=ROOT, env=clean):
        failed.append("tests on SQLite")
    return failed


def main() -> int:
    """0 only when everything holds."""
    target, arguments = sys.argv[1], sys.argv[2:]
    failed = lint()
    if target == "lint":
        print("lint:", "; ".join(failed) + " failed" if failed else "all kept")
        return 1 if failed else 0
    failed += tests(arguments)
    print("failed so far: " + (", ".join(failed) or "nothing"), "tests on PostgreSQL", sep="\n", flush=True)
    on_postgres = subprocess.call([sys.executable, "scripts/test_postgres.py", *(arguments or ["-n", "2", "-q"])], cwd=ROOT)
    return 1 if failed or on_postgres else 0


if __name__ == "__main__":
    sys.exit(main())
