"""Installs the programs that the tests drive (Chromium, poppler, LibreOffice Calc) where they are missing and we may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = {"chromium": "chromium", "pdftotext": "poppler-utils"}
CALC = "libreoffice-calc-nogui"
ALSO_KNOWN_AS = {"chromium": ("chromium", "chromium-browser", "google-chrome")}


def has_calc() -> bool:
    """Whether LibreOffice reads spreadsheets: the program may be there with its text processor only."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    return office is not None and (Path(office).resolve().parent / "libsclo.so").exists()


def main() -> int:
    """Install what is missing; say what to install when that is not ours to do."""
    missing = [
        package
        for program, package in PROGRAMS.items()
        if not any(shutil.which(name) for name in ALSO_KNOWN_AS.get(program, (program,)))
    ]
    if not has_calc():
        missing.append(CALC)
    if not missing:
        return 0
    by_hand = f"The tests need {' and '.join(missing)}: install with «sudo apt-get install {' '.join(missing)}» and run again."
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        print(by_hand, file=sys.stderr)
        return 1
    print(f"installing {' '.join(missing)} with apt-get", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]):
        done = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print(done.stdout[-2000:], by_hand, sep="\n", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
