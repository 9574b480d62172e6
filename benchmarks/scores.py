"""Scores of forecasts and tables of digests, in CPU time.

    python -m benchmarks.scores

Forecasts: `thidua forecast-score --json` on a CSV of 100,000 forecasts of 50 forecasters, whole process, beside a script that
reads the same file with the csv module and asks scikit-learn for brier_score_loss and log_loss of each forecaster (which gives
neither the decomposition nor the calibration). Budget: no more CPU than that script.

Digests: `publish` of a table of 40 topics × 4 directions of which a third of the cells is small. Nothing a user has today does
this, so it stands alone. Budget: a second.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from thidua.forecasts.rules.suppression import Line, publish

ROWS, FORECASTERS, RUNS = 100_000, 50, 3
TOPICS = 40
SECONDS = 1.0
BESIDE = """
import csv, sys
from itertools import groupby
from sklearn.metrics import brier_score_loss, log_loss
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = sorted(csv.DictReader(file), key=lambda row: row["forecaster"])
for name, own in groupby(rows, key=lambda row: row["forecaster"]):
    own = list(own)
    truth, chance = [int(r["outcome"]) for r in own], [float(r["probability"]) for r in own]
    print(name, len(own), brier_score_loss(truth, chance), log_loss(truth, chance, labels=[0, 1]))
"""


def write_forecasts(path: Path, rng: random.Random) -> None:
    """A CSV of ROWS decided forecasts, each true as often as it says."""
    with path.open("w", encoding="utf-8") as file:
        file.write("forecaster,question,probability,outcome\n")
        outcomes = {}
        for row in range(ROWS):
            question = row // FORECASTERS
            chance = outcomes.setdefault(question, (rng.random(), rng.random()))
            said = min(1, max(0, chance[0] + rng.gauss(0, 0.1)))
            file.write(f"unit-{row % FORECASTERS},q{question},{said:.3f},{int(chance[1] < chance[0])}\n")


def cpu_of(command: list[str]) -> float:
    """Seconds of CPU of a command and its children, the least of several runs."""
    found = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def lines_of(rng: random.Random) -> list[Line]:
    """TOPICS lines; each cell is small with a chance of a third."""
    return [
        Line(str(topic), tuple(rng.randrange(10) if rng.random() < 1 / 3 else rng.randrange(10, 500) for _ in range(4)))
        for topic in range(TOPICS)
    ]


def publishing(rng: random.Random) -> float:
    """The most seconds of CPU that one of twenty tables took."""
    worst = 0.0
    for _ in range(20):
        lines = lines_of(rng)
        began = time.process_time()
        publish(lines)
        worst = max(worst, time.process_time() - began)
    return worst


def main() -> int:
    """Print both; 1 if a budget does not hold."""
    rng = random.Random(2021)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forecasts.csv"
        write_forecasts(path, rng)
        ours = cpu_of([sys.executable, "-m", "thidua", "forecast-score", str(path), "--json"])
        beside = cpu_of([sys.executable, "-c", BESIDE, str(path)])
    table = publishing(rng)
    print(f"{ROWS:,} forecasts: forecast-score {ours:.2f} s, script with scikit-learn {beside:.2f} s, ratio {ours / beside:.2f}")
    print(f"table of {TOPICS} topics, worst of 20: {table * 1000:.0f} ms")
    return int(ours > beside or table > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
