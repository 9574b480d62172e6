"""The same country as people have it today: a workbook that LibreOffice recalculates, and data frames of floats."""

import subprocess
import time
from pathlib import Path

import numpy as np

from benchmarks._country import Country
from benchmarks.cells import UNITS
from thidua.criteria.rules import ROOT

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Settings of an office that recalculates every file it loads, whatever values stand in it."""


def write_workbook(country: Country, path: Path) -> None:
    """One sheet, a row for each unit: its points as numbers; formulas for headings, total and RANK within the cluster."""
    from xlsxwriter import Workbook
    from xlsxwriter.utility import xl_col_to_name

    table = country.table
    column_of = {row.code: xl_col_to_name(column) for column, row in enumerate(table.criteria)}
    last = len(table.criteria)
    total = xl_col_to_name(last)
    book = Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Điểm")
    for unit, points in enumerate((country.cells / 100).tolist()):
        row = unit + 1
        for column, criterion in enumerate(table.criteria):
            if country.given[unit, column]:
                sheet.write_number(unit, column, points[column])
            else:
                sheet.write_formula(unit, column, "=" + _sum(table, criterion.code, column_of, row))
        sheet.write_formula(unit, last, "=" + _sum(table, ROOT, column_of, row))
        first = unit // UNITS * UNITS + 1
        sheet.write_formula(unit, last + 1, f"=RANK({total}{row},{total}${first}:{total}${first + UNITS - 1})")
    book.close()


def _sum(table, code: str, column_of: dict[str, str], row: int) -> str:
    """A heading as a formula: its items, each with its bonuses and penalties (they have no cap that could matter here)."""
    cells = []
    for part in table.parts(code):
        cells += [f"{column_of[part.code]}{row}", *(f"{column_of[child.code]}{row}" for child in table.adjustments(part.code))]
    return f"SUM({','.join(cells)})"


def recalculate(path: Path, folder: Path) -> tuple[float, Path]:
    """Seconds of `soffice` from its start to the saved file, and the file."""
    profile, out = folder / "profile", folder / "saved"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "xlsx", "--outdir"]
    began = time.perf_counter()
    subprocess.run([*command, str(out), str(path)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began, out / path.name


def saved_ranks(path: Path) -> np.ndarray:
    """The ranks that stand in the saved workbook."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return np.array([int(row[-1]) for row in rows])


def by_pandas(country: Country):
    """A function that finds the ranks with pandas, as one writes it: columns summed, rank within the cluster."""
    import pandas as pd

    frame, ends = pd.DataFrame(country.cells / 100), _ends(country)
    clusters = pd.Series(country.clusters)
    return lambda: frame[ends].sum(axis=1).groupby(clusters).rank(method="min", ascending=False).to_numpy().astype(np.int64)


def by_polars(country: Country):
    """The same with polars."""
    import polars as pl

    ends = [str(column) for column in _ends(country)]
    values = {str(column): country.cells[:, column] / 100 for column in range(country.cells.shape[1])}
    frame = pl.DataFrame({**values, "cluster": country.clusters})
    place = pl.sum_horizontal(ends).rank("min", descending=True).over("cluster")
    return lambda: frame.select(place.cast(pl.Int64)).to_series().to_numpy()


def _ends(country: Country) -> list[int]:
    """The columns with points: the headings are their sums."""
    return [int(column) for column in np.flatnonzero(country.given[0])]
