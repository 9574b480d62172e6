"""Has LibreOffice compute a workbook again, in a process of its own, whatever the file said the results were."""

import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from thidua.kernel.points import settle

_WRONG = "987654"
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def with_wrong_results(book: bytes) -> bytes:
    """The workbook with a wrong figure kept beside every formula: what is right afterwards was computed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as read, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for item in read.infolist():
            content = read.read(item)
            if item.filename.startswith("xl/worksheets/"):
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>" + _WRONG.encode() + b"</v>", content)
            written.writestr(item, content)
    return made.getvalue()


def recalculated(book: bytes, folder: Path) -> dict[str, list[list[object]]]:
    """The cells of every sheet after LibreOffice has computed the workbook. Fails where LibreOffice is not installed."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is needed to prove the workbook: apt-get install libreoffice-calc"
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    (folder / "book.xlsx").write_bytes(with_wrong_results(book))
    done = subprocess.run(
        [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir", out,
         folder / "book.xlsx"],
        capture_output=True, timeout=240, check=False,
    )  # fmt: skip
    assert (out / "book.xlsx").exists(), done.stderr.decode()
    read = CalamineWorkbook.from_path(str(out / "book.xlsx"))
    return {name: read.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in read.sheet_names}


def figure(cell: object) -> Decimal:
    """A number of a spreadsheet as settled points, to the last digit."""
    return settle(Decimal(repr(float(cell))))  # type: ignore[arg-type]
