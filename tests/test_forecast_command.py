"""thidua forecast-score as other programs meet it: figures, exit codes, one sentence for bad input, no Django."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
import xlsxwriter
from sklearn.metrics import brier_score_loss, log_loss

from thidua.config.cli import main

HEADER = "forecaster,question,probability,outcome\n"
KEYS = ["forecaster", "n", "brier", "reliability", "resolution", "uncertainty", "log_score", "skill", "bins"]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "thidua", "forecast-score", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={name: value for name, value in os.environ.items() if name != "THIDUA_LANG"},
    )


@pytest.fixture
def written(tmp_path):
    def write(text, name="forecasts.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def scored(capsys):
    def score(path, *options):
        assert main(["forecast-score", str(path), "--json", *options]) == 0
        return json.loads(capsys.readouterr().out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))

    return score


def test_the_figures_are_those_of_scikit_learn(written, scored):
    generator = np.random.default_rng(4)
    stated = generator.random((3, 200))
    outcomes = generator.random(200) < stated.mean(axis=0)
    rows = [f"F{who},q{at},{float(stated[who, at])!r},{int(outcomes[at])}" for who in range(3) for at in range(200)]
    records = scored(written(HEADER + "\n".join(rows)))
    assert [record["forecaster"] for record in records] == ["F0", "F1", "F2", "all"]
    for record, said in zip(records, [*stated, stated.ravel()], strict=True):
        came = np.resize(outcomes, said.shape)
        assert list(record)[: len(KEYS)] == KEYS
        assert record["n"] == len(said) == sum(each["n"] for each in record["bins"])
        assert record["brier"] == pytest.approx(brier_score_loss(came, said), abs=1e-12)
        assert record["log_score"] == pytest.approx(log_loss(came, said), abs=1e-12)
        assert record["uncertainty"] == pytest.approx(came.mean() * (1 - came.mean()), abs=1e-12)
        assert record["skill"] == pytest.approx(1 - record["brier"] / record["uncertainty"], abs=1e-12)
        summed = record["reliability"] - record["resolution"] + record["uncertainty"]
        assert record["binned_brier"] == pytest.approx(summed, abs=1e-15)
        assert record["brier"] == pytest.approx(summed + record["within_bins"], abs=1e-12)


def test_a_record_with_its_bins(written, scored):
    path = written(HEADER + "A,q1,0.7,1\nA,q2,0.7,1\nA,q3,0.7,0\nA,q4,0.1,0\nA,q5,0.5,\n")
    alone, together = scored(path, "--lang", "en")
    assert (alone["forecaster"], alone["n"], alone["open"]) == ("A", 4, 1)
    assert alone["brier"] == pytest.approx((0.09 + 0.09 + 0.49 + 0.01) / 4)
    assert [(each["from"], each["to"], each["n"]) for each in alone["bins"] if each["n"]] == [(0.1, 0.2, 1), (0.7, 0.8, 3)]
    assert len(alone["bins"]) == 10
    assert list(alone["bins"][7]) == ["from", "to", "n", "mean_forecast", "observed", "low", "high"]
    assert alone["bins"][7]["observed"] == pytest.approx(2 / 3)
    assert alone["bins"][7]["low"] < 2 / 3 < alone["bins"][7]["high"]
    assert alone["bins"][0] == {
        "from": 0.0, "to": 0.1, "n": 0, "mean_forecast": None, "observed": None, "low": None, "high": None,
    }  # fmt: skip
    assert alone["notes"] == ["Fewer than 10 decided questions: mostly luck, not yet a basis for any conclusion."]
    assert {**together, "forecaster": "A"} == alone


def test_what_is_infinite_or_unknown_is_null_and_told(written, scored):
    (sure, _) = scored(written(HEADER + "A,q1,0,1\nA,q2,1,1\n"))
    assert (sure["brier"], sure["log_score"], sure["skill"]) == (0.5, None, None)
    assert "vô hạn" in sure["notes"][0]
    (waiting, _) = scored(written(HEADER + "A,q1,0.5,\n"))
    assert (waiting["n"], waiting["open"], waiting["brier"], waiting["bins"]) == (0, 1, None, [])


def test_words_for_people(written):
    path = written(HEADER + "".join(f"Đơn vị A,q{i},0.7,{int(i < 6)}\n" for i in range(9)) + "Đơn vị A,q9,0.7,\n")
    answer = run(path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Khi nói khoảng 70 %, đúng 6 trên 9 lần (67 %)." in answer.stdout
    heading, line, *_ = answer.stdout.splitlines()
    assert len(heading) == len(line)
    assert line.split() == ["Đơn", "vị", "A", "9", "1", "0,223", "0,001", "0,000", "0,222", "0,000", "0,639", "−1"]
    assert "When about 70 % was said, it came true in 6 of 9 cases (67 %)." in run(path, "--lang", "en").stdout


def test_a_workbook_is_as_good(tmp_path, written, scored):
    path = tmp_path / "forecasts.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER.strip().split(","), ["A", "q1", 0.7, 1], ["A", "q2", 0.2, True], ["B", 3, 1, None]]):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    text = HEADER.replace(",", ";") + "A;q1;0,7;1\nA;q2;0,2;1\nB;3;1;\n"
    assert scored(path) == scored(written("\ufeff" + text))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", "Row 1, column forecaster"),
        (HEADER, "no row under its header"),
        (HEADER + ",,,\n", "no row under its header"),
        ("forecaster,question,probability\nA,q,0.5\n", "Row 1, column outcome"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (HEADER.encode() + b"\xd4ng,q,0.5,1\n", "Row 2"),
        (b"%PDF-1.4", "is PDF"),
        (b"PK\x03\x04broken", "damaged"),
        (HEADER + 'A,"q,0.5,1\n', "Row 2"),
        (HEADER + "A,q,0,7,1\n", "Row 2: The row has 5 cells"),
        (HEADER + "A,q,0.5,1\nA,r,1.2,1\n", "Row 3, column probability: A probability lies between 0 and 1, not “1.2”"),
        (HEADER + "A,q,0.5,maybe\n", "Row 2, column outcome"),
        (HEADER + "A,q,0.5,1\n,q,{x},1\n", "Row 3, column forecaster"),
    ],
)
def test_unusable_input_is_one_sentence_and_exit_2(written, content, place):
    path = written(content)
    answer = run(path, "--lang", "en")
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1), answer.stderr
    assert answer.stderr.startswith(f"{path}: ")
    assert place in answer.stderr


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("A,q,0.5,1\nA,q,0.6,1\n", "A has a forecast for “q” at row 2 already; both rows count."),
        ("A,q,0.5,1\nB,q,0.6,0\n", "The outcome of “q” differs from row 2; each row counts with its own."),
    ],
)
def test_rows_that_contradict_each_other_count_and_are_told(written, rows, told):
    path = written(HEADER + rows)
    answer = run(path, "--json", "--lang", "en")
    everyone = json.loads(answer.stdout)[-1]
    assert (answer.returncode, everyone["n"]) == (0, 2)
    assert any(told in note for note in everyone["notes"])
    assert told in run(path, "--lang", "en").stdout


def test_a_name_does_not_steer_the_terminal(written):
    printed = run(written(HEADER + "\x1b]0;b,q,0.5,1\n")).stdout
    assert "\x1b" not in printed
    assert "\N{REPLACEMENT CHARACTER}]0;b" in printed


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a system without a device that is always full")
def test_a_full_disk_is_one_sentence_and_exit_2(written):
    command = [sys.executable, "-m", "thidua", "forecast-score", str(written(HEADER + "A,q,0.5,1\n"))]
    with open("/dev/full", "w") as full:
        answer = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1), answer.stderr


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--yaml", "a"]])
def test_wrong_use_is_one_sentence_and_exit_2(arguments):
    answer = run(*arguments)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)


def test_a_file_that_cannot_be_read(tmp_path):
    absent = tmp_path / "none.csv"
    assert (run(absent).returncode, run(absent).stderr) == (2, f"{absent}: Không có tệp này.\n")
    assert run(tmp_path).returncode == 2


def test_django_and_numpy_are_not_imported(written):
    path = written(HEADER + "A,q,0.5,1\n")
    program = "\n".join(
        [
            "import sys",
            "from thidua.config.cli import main",
            f"assert main(['forecast-score', {str(path)!r}]) == main(['forecast-score', {str(path)!r}, '--json']) == 0",
            "print([name for name in sys.modules if name.split('.')[0] in ('django', 'numpy')])",
        ]
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.endswith("\n[]\n")
