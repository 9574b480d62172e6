"""The command forecast-score: who forecasts how well, from a table. No Django, no database.

Exit codes as in `table_commands`. In JSON a value that does not exist is null (no forecast decided, an infinite log score, no
skill where everything came out the same way), and `notes` says why.
"""

import argparse
from collections.abc import Sequence
from math import isfinite

from thidua.config.tables import HOLDS, Unreadable, answer, either, first_of, parser_of, print_json, rows_of
from thidua.criteria.rules.problems import Problem
from thidua.criteria.rules.wording import Language, sentence
from thidua.forecasts.rules import wording
from thidua.forecasts.rules.calibration import band_of
from thidua.forecasts.rules.decomposition import Bin
from thidua.forecasts.rules.summary import Summary, summaries
from thidua.forecasts.rules.table import ALL, parse_forecasts

MOST_NOTICES = 20
"""So many remarks on rows are printed; more would hide the scores."""
_HEADINGS = (
    ("Người dự báo", "Forecaster"),
    ("Có kết quả", "Decided"),
    ("Chờ", "Open"),
    ("Brier", "Brier"),
    ("= Lệch", "= Reliability"),
    ("− Phân biệt", "− Resolution"),
    ("+ Bất định", "+ Uncertainty"),
    ("+ Trong khoảng", "+ Within bins"),
    ("Logarit", "Log score"),
    ("Kỹ năng %", "Skill %"),
)


def forecast_score(argv: list[str]) -> int:
    """`thidua forecast-score FILE [--json]`: Brier score with its parts, log score, skill and calibration of each forecaster by
    name, and last of all together."""
    parser = parser_of("forecast-score", "Tính điểm dự báo / Score forecasts.")
    parser.add_argument("file", metavar="FILE", help="forecaster,question,probability,outcome (CSV UTF-8, XLSX)")
    parser.add_argument("--json", action="store_true", help="in ra JSON / print JSON")
    return answer(parser.parse_args(argv), _forecast_score)


def _forecast_score(options: argparse.Namespace) -> int:
    language: Language = options.lang
    parsed = parse_forecasts(rows_of(options.file, language))
    if parsed.errors:
        raise Unreadable(first_of(options.file, parsed.errors, language, wording.ALL_SENTENCES))
    found = summaries(parsed.lines)
    if options.json:
        print_json([_record(summary, parsed.notices, language) for summary in found])
        return HOLDS
    _print_table(found, language)
    print()
    print(wording.told("brier_explained", language))
    for summary in found:
        _print_words(summary, language)
    _print_notices(parsed.notices, language)
    return HOLDS


def _record(summary: Summary, notices: Sequence[Problem], language: Language) -> dict[str, object]:
    """One object of the JSON list; remarks on rows of the table stand with `all`."""
    parts = summary.parts
    surprise = summary.log_score
    notes = [wording.told(code, language) for code in summary.notes]
    if summary.forecaster == ALL:
        notes += [sentence(problem, language, wording.ALL_SENTENCES) for problem in notices[:MOST_NOTICES]]
    return {
        "forecaster": summary.forecaster,
        "n": summary.n,
        "brier": parts and parts.brier,
        "reliability": parts and parts.reliability,
        "resolution": parts and parts.resolution,
        "uncertainty": parts and parts.uncertainty,
        "log_score": surprise if surprise is not None and isfinite(surprise) else None,
        "skill": summary.skill,
        "bins": [_bin_record(each) for each in parts.bins] if parts else [],
        "open": summary.open_rows,
        "binned_brier": parts and parts.binned_brier,
        "within_bins": parts and parts.within_bins,
        "notes": notes,
    }


def _bin_record(each: Bin) -> dict[str, object]:
    around = band_of(each)
    return {
        "from": each.start,
        "to": each.end,
        "n": each.n,
        "mean_forecast": each.mean_forecast,
        "observed": each.observed,
        "low": around and around.low,
        "high": around and around.high,
    }


def _print_table(found: Sequence[Summary], language: Language) -> None:
    """One line for each forecaster under headings, the parts in the order in which they add up to the Brier score."""
    rows = [[either(language, *heading) for heading in _HEADINGS], *(_cells(summary, language) for summary in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        aligned = (figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True))
        print("  ".join([name.ljust(widths[0]), *aligned]))


def _cells(summary: Summary, language: Language) -> list[str]:
    parts = summary.parts
    scores = (parts.brier, parts.reliability, parts.resolution, parts.uncertainty, parts.within_bins) if parts else (None,) * 5
    return [
        _name(summary, language),
        str(summary.n),
        str(summary.open_rows),
        *(wording.number(score, language) for score in (*scores, summary.log_score)),
        wording.percent(summary.skill, language),
    ]


def _print_words(summary: Summary, language: Language) -> None:
    """How often what was said came true, and what to bear in mind."""
    print(f"\n{_name(summary, language)}")
    parts = summary.parts
    if parts:
        said = wording.against_base_rate(summary.skill, parts.base_rate, language)
        lines = [said, *(f"{wording.of_bin(each, language)} {wording.verdict(each, language)}" for each in parts.bins)]
        for line in filter(str.strip, lines):
            print(f"  {line}")
    for code in summary.notes:
        print(f"  ! {wording.told(code, language)}")


def _name(summary: Summary, language: Language) -> str:
    """The forecaster in one line of print: what steers a terminal is not passed on to it."""
    if summary.forecaster == ALL:
        return either(language, "Tất cả", "All")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in summary.forecaster)


def _print_notices(notices: Sequence[Problem], language: Language) -> None:
    for problem in notices[:MOST_NOTICES]:
        print(f"\n{either(language, 'Lưu ý', 'Note')}: {sentence(problem, language, wording.ALL_SENTENCES)}")
    more = len(notices) - MOST_NOTICES
    if more > 0:
        print(either(language, f"… và {more} lưu ý khác.", f"… and {more} more notes."))
