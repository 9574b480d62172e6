"""The console script as other programs meet it: exit codes, one clear sentence for bad input, no Django for tables."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

import thidua.demo
from thidua.config.cli import COMMANDS, main

DATA = Path(thidua.demo.__file__).parent / "data"
TIEN_GIANG = DATA / "tien-giang-tnmt-phong-2022.csv"
HEADER = "code,parent_code,title_vi,max_points,kind,rule_text_vi,unit,source_url,method\n"
CRITERIA = (
    HEADER + "T,,Tổng,15,points,,,,\na,T,Mục a,10,points,,,,\nb,T,Mục b,5,ratio,,,,relative_to_leader\ng,T,Điều kiện,,gate,,,,\n"
)
SCORES = "unit,code,points,actual,target,passed,assigned\n"


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "thidua", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**{name: value for name, value in os.environ.items() if name != "THIDUA_LANG"}, **environment},
    )


@pytest.fixture
def criteria(tmp_path: Path) -> Path:
    path = tmp_path / "criteria.csv"
    path.write_text(CRITERIA, encoding="utf-8")
    return path


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    path = tmp_path / "scores.csv"
    lines = [
        "Đơn vị A,a,8,,,,",
        "Đơn vị A,b,,15,10,,",
        "Đơn vị B,a,9,,,,",
        "Đơn vị B,b,,20,10,,",
        "Đơn vị C,a,10,,,,",
        "Đơn vị C,g,,,,0,",
    ]
    path.write_text(SCORES + "\n".join(lines), encoding="utf-8")
    return path


def test_a_table_that_holds_exits_0_and_prints_its_totals() -> None:
    answer = run("check-criteria", TIEN_GIANG)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "  1  Tiêu chuẩn 1: Thực hiện tốt nhiệm vụ chuyên môn: 80 (mục con cộng lại 80)\n" in answer.stdout
    assert "147 dòng" in answer.stdout


def test_a_table_that_contradicts_itself_exits_1_with_the_row() -> None:
    answer = run("check-criteria", DATA / "thong-ke-hung-yen-2026.csv")
    assert (answer.returncode, answer.stderr) == (1, "")
    assert "Lỗi: Dòng 13, cột max_points: Mục IV ghi 210 điểm nhưng các mục con cộng lại là 260 (lệch 50).\n" in answer.stdout


@pytest.mark.parametrize(("arguments", "environment"), [(["--lang", "en"], {}), ([], {"THIDUA_LANG": "en"})])
def test_english_on_request(arguments: list[str], environment: dict[str, str]) -> None:
    answer = run("check-criteria", *arguments, DATA / "thong-ke-hung-yen-2026.csv", **environment)
    assert "Error: Row 13, column max_points: Item IV is headed 210 points but its items sum to 260" in answer.stdout


@pytest.mark.parametrize(("column", "total"), [("self_score", "124.40"), ("verified_score", "118.40")])
def test_the_real_result(tmp_path: Path, column: str, total: str) -> None:
    with (DATA / "tien-giang-tnmt-phong-2022-results.csv").open(encoding="utf-8") as file:
        results = list(csv.DictReader(file))
    path = tmp_path / "scores.csv"
    path.write_text("unit,code,points\n" + "".join(f"{r['unit']},{r['code']},{r[column]}\n" for r in results), encoding="utf-8")
    answer = run("score", "--criteria", TIEN_GIANG, "--scores", path, "--json")
    (unit,) = json.loads(answer.stdout)
    assert (answer.returncode, unit["values"]["T"], unit["total"]) == (0, total, total)
    assert {r["code"]: float(unit["values"][r["code"]]) for r in results} == {r["code"]: float(r[column]) for r in results}
    assert [warning[:2] for warning in unit["warnings"]] == ["C2", "C4", "d2"]


def test_the_ranking_as_json(criteria: Path, scores: Path) -> None:
    answer = run("rank", "--criteria", criteria, "--scores", scores, "--json", "--lang", "en")
    records = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert [(r["unit"], r["total"], r["maximum"], r["percent"], r["rank"], r["tied"], r["excluded"]) for r in records] == [
        ("Đơn vị B", "14.00", "15.00", "93.333333", 1, False, False),
        ("Đơn vị A", "11.75", "15.00", "78.333333", 2, False, False),
        ("Đơn vị C", "10.00", "15.00", "66.666667", None, False, True),
    ]
    assert records[2]["reasons"] == ["Not ranked because of the gate g."]


def test_points_and_ranking_for_people(criteria: Path, scores: Path) -> None:
    assert "Đơn vị A: 11,75 / 15,00\n" in run("score", "--criteria", criteria, "--scores", scores).stdout
    ranking = run("rank", "--criteria", criteria, "--scores", scores).stdout
    assert ranking.index("Đơn vị B") < ranking.index("Đơn vị A") < ranking.index("Đơn vị C")
    assert "Không xếp hạng vì điều kiện loại g." in ranking


def test_the_tie_break_the_cluster_chose(criteria: Path, tmp_path: Path) -> None:
    path = tmp_path / "tied.csv"
    path.write_text(SCORES + "A,a,8,,,,\nA,b,2,,,,\nB,a,7,,,,\nB,b,3,,,,\nC,a,8,,,,\nC,b,2,,,,\n", encoding="utf-8")
    options = ("--criteria", criteria, "--scores", path, "--json", "--lang", "en")
    shared = json.loads(run("rank", *options).stdout)
    assert [(r["unit"], r["rank"], r["tied"]) for r in shared] == [("A", 1, True), ("B", 1, True), ("C", 1, True)]
    broken = json.loads(run("rank", *options, "--tie-break", "b,a", "--last-resort", "vote").stdout)
    assert [(r["unit"], r["rank"], r["tied"]) for r in broken] == [("B", 1, False), ("A", 2, True), ("C", 2, True)]
    assert "2 units share this rank until the cluster votes." in broken[1]["reasons"]
    assert run("rank", *options, "--tie-break", "zz").returncode == 2


def test_a_workbook_is_as_good_as_csv(tmp_path: Path, scores: Path) -> None:
    path = tmp_path / "criteria.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(CRITERIA.splitlines()):
            for column, cell in enumerate(line.split(",")):
                sheet.write(number, column, float(cell) if cell.isdigit() else cell)
    assert json.loads(run("score", "--criteria", path, "--scores", scores, "--json").stdout)[0]["values"]["T"] == "11.75"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"T,,Total,10,points\n", "Row 1, column code"),
        (HEADER.encode(), "no row under its header"),
        (b"", "Row 1, column code"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (HEADER.encode() + b"T,,T\xd4ng,10,points\n", "Row 2"),
        (b"%PDF-1.4", "is PDF"),
        (b"PK\x03\x04broken", "damaged"),
        (HEADER.encode() + b'T,,"open,10,points\n', "Row 2"),
    ],
)
def test_unreadable_criteria_are_one_sentence_and_exit_2(tmp_path: Path, content: bytes, place: str) -> None:
    path = tmp_path / "criteria.csv"
    path.write_bytes(content)
    for command in (["check-criteria", path], ["score", "--criteria", path, "--scores", path]):
        answer = run(*command, "--lang", "en")
        assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1), answer.stderr
        assert answer.stderr.startswith(f"{path}: ")
        assert place in answer.stderr


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("A,zz,1,,,,", "Row 2, column code"),
        (",a,1,,,,", "Row 2, column unit"),
        ("A,a,mười,,,,", "Row 2, column points"),
        ("A,a,1,,,,perhaps", "Row 2, column assigned"),
        ("A,a,1,,,,\nA,a,2,,,,", "Row 3, column code"),
    ],
)
def test_unreadable_scores_are_one_sentence_and_exit_2(criteria: Path, tmp_path: Path, line: str, place: str) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(SCORES + line, encoding="utf-8")
    for command in ("score", "rank"):
        answer = run(command, "--criteria", criteria, "--scores", path, "--lang", "en")
        assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1), answer.stderr
        assert answer.stderr.startswith(f"{path}: {place}: ")


def test_criteria_that_make_no_tree_cannot_be_scored_with_but_are_all_told_by_the_check(tmp_path: Path, scores: Path) -> None:
    path = tmp_path / "criteria.csv"
    path.write_text(HEADER + "a,b,A,1,points,,,,\nb,a,B,1,points,,,,\nc,,C,1,pts,,,,\n", encoding="utf-8")
    check = run("check-criteria", path, "--lang", "en")
    assert check.returncode == 1
    assert "Row 2, column parent_code" in check.stdout
    assert "Row 4, column kind" in check.stdout
    answer = run("score", "--criteria", path, "--scores", scores)
    assert (answer.returncode, answer.stdout) == (2, "")


def test_contradicting_sums_are_told_but_do_not_stop_the_score(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("unit,code,points\nA,IV.1,50\n", encoding="utf-8")
    answer = run("score", "--criteria", DATA / "thong-ke-hung-yen-2026.csv", "--scores", path, "--json")
    assert answer.returncode == 0
    assert json.loads(answer.stdout)[0]["values"]["IV"] == "50.00"
    assert "210" in answer.stderr


@pytest.mark.parametrize(
    "arguments", [["check-criteria"], ["score", "--json"], ["rank", "--criteria", "x"], ["check-criteria", "a", "b"]]
)
def test_wrong_use_is_one_sentence_and_exit_2(arguments: list[str]) -> None:
    answer = run(*arguments)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)


def damaged_workbooks() -> dict[str, bytes]:
    """A name that is not the UTF-8 it claims, a directory that is not where it should be, a cell that no sheet has."""
    file, far = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, "code")
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(far, "w") as changed:
        for member in whole.infolist():
            changed.writestr(member.filename, whole.read(member).replace(b'r="A1"', b'r="ZZZZZZ9999999999"'))
    name, offset = bytearray(file.getvalue()), bytearray(file.getvalue())
    entry, end = name.index(b"PK\x01\x02"), offset.rindex(b"PK\x05\x06")
    name[entry + 9] |= 8
    name[entry + 46] = 0xFF
    offset[end + 12 : end + 20] = b"\xff" * 8
    return {"name": bytes(name), "offset": bytes(offset), "far": far.getvalue()}


@pytest.mark.parametrize("what", ["name", "offset", "far"])
def test_a_damaged_workbook_is_one_sentence_and_exit_2(tmp_path: Path, what: str) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(damaged_workbooks()[what])
    answer = run("check-criteria", path)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert "table.xlsx" in answer.stderr


def test_an_absent_file_is_one_sentence_and_exit_2(tmp_path: Path) -> None:
    answer = run("check-criteria", tmp_path / "none.csv")
    assert (answer.returncode, answer.stderr) == (2, f"{tmp_path / 'none.csv'}: Không có tệp này.\n")


@pytest.mark.parametrize("command", ["check-criteria", "score", "rank", "forecast-score"])
def test_each_command_has_its_help(command: str) -> None:
    answer = run(command, "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert f"thidua {command}" in answer.stdout


def test_help_names_the_commands_and_nothing_asked_is_wrong_use() -> None:
    answer = run("--help")
    assert answer.returncode == 0
    assert all(name in answer.stdout for name in COMMANDS)
    assert run().returncode == 2


def test_commands_on_tables_never_import_django(criteria: Path, scores: Path) -> None:
    program = "\n".join(
        [
            "import sys",
            "from thidua.config.cli import main",
            f"options = ['--criteria', {str(criteria)!r}, '--scores', {str(scores)!r}]",
            f"codes = [main(['check-criteria', {str(criteria)!r}])]",
            "codes += [main(['score', *options]), main(['rank', *options, '--json'])]",
            "assert codes == [0, 0, 0], codes",
            "print([name for name in sys.modules if name.split('.')[0] in ('django', 'numpy')])",
        ]
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.endswith("\n[]\n")


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m thidua check-criteria {TIEN_GIANG} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    answer = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (answer.stdout, answer.stderr) == ("0\n", "")


def test_main_returns_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-criteria", str(TIEN_GIANG)]) == 0
    assert main(["score"]) == 2
    assert "không có mâu thuẫn" in capsys.readouterr().out
