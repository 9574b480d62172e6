"""Builds dist/thidua-*.whl with built assets and compiled messages inside."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MUST_HOLD = (
    "thidua/web/static/web/thidua.css",
    "thidua/web/static/web/thidua.js",
    "thidua/web/static/web/icons.svg",
    "thidua/paperwork/fonts/Tinos-Regular.ttf",
    "thidua/config/settings.py",
)


def main() -> int:
    """Build and look inside."""
    for command in (["scripts/assets.py"], ["scripts/messages.py", "--compile"]):
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True)
    for left in ("build", "dist", "thidua.egg-info"):
        shutil.rmtree(ROOT / left, ignore_errors=True)
    building = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist", "."]
    subprocess.run(building, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    (wheel,) = (ROOT / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "thidua").rglob("templates/**/*") if path.is_file()}
    tongues = {path.with_suffix(".mo").relative_to(ROOT).as_posix() for path in (ROOT / "thidua").rglob("*.po")}
    missing = sorted((set(MUST_HOLD) | pages | tongues) - names)
    if missing:
        print("missing from the wheel:", *missing, sep="\n  ")
        return 1
    if tests := sorted(name for name in names if "/tests/" in name):
        print("tests in the wheel:", *tests, sep="\n  ")
        return 1
    print(f"{wheel.relative_to(ROOT)}: {wheel.stat().st_size / 2**20:.1f} MiB, {len(names)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
