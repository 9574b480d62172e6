"""The commands that only read tables: check-criteria, score, rank. No Django, no database, numpy only where it is needed.

Each answers with an exit code (commands.md): 0 holds, 1 the answer is no (reasons on standard output), 2 wrong use or unreadable
input: one sentence with file, row and column on standard error.
"""

import argparse
import sys
from collections.abc import Iterable
from decimal import Decimal

from thidua.config.tables import HOLDS, NO, Unreadable, answer, either, first_of, parser_of, print_json, rows_of, told
from thidua.criteria.rules import CriteriaTable, Criterion, ParsedCriteria, heading_sum, parse_criteria, sentence
from thidua.criteria.rules.wording import Language
from thidua.kernel.errors import Refused
from thidua.kernel.points import format_plain, format_vietnamese
from thidua.scoring.rules import Evaluation, LastResort, Standing, TieBreak, evaluate, parse_scores, rank, reason_sentence
from thidua.scoring.rules.wording import ALL_SENTENCES

_FRAME_CODES = ("criteria.missing_column", "criteria.repeated_column", "criteria.empty_table")
"""Not a criteria table at all, rather than one with inconsistencies."""


def check_criteria(argv: list[str]) -> int:
    """`thidua check-criteria FILE`: the totals of the tree and every inconsistency with its row; 1 if there is any."""
    parser = parser_of("check-criteria", "Kiểm tra một bảng tiêu chí / Check a criteria table.")
    parser.add_argument("file", metavar="FILE", help="CSV (UTF-8) / XLSX")
    options = parser.parse_args(argv)
    return answer(options, _check_criteria)


def score(argv: list[str]) -> int:
    """`thidua score --criteria C --scores S [--json]`: every unit's value at every code."""
    parser = _scores_parser("score", "Tính điểm của mọi đơn vị ở mọi tiêu chí / Every unit's value at every code.")
    return answer(parser.parse_args(argv), _score)


def rank_units(argv: list[str]) -> int:
    """`thidua rank --criteria C --scores S [--json]`: the ranking with ties, percentages and reasons."""
    parser = _scores_parser("rank", "Xếp hạng các đơn vị / Rank the units.")
    parser.add_argument(
        "--tie-break", metavar="CODES", default="", help="mã tiêu chí phân định, cách nhau dấu phẩy / criteria compared in order"
    )
    parser.add_argument(
        "--last-resort",
        choices=[resort.value for resort in LastResort],
        default=LastResort.SHARED.value,
        help="khi vẫn bằng nhau: đồng hạng hoặc bỏ phiếu / when still equal: share the rank or vote",
    )
    return answer(parser.parse_args(argv), _rank)


def _scores_parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = parser_of(name, description)
    parser.add_argument("--criteria", metavar="C", required=True, help="bảng tiêu chí / criteria table (CSV, XLSX)")
    parser.add_argument("--scores", metavar="S", required=True, help="bảng chấm điểm / scores table (CSV, XLSX)")
    parser.add_argument("--json", action="store_true", help="in ra JSON / print JSON")
    return parser


def _check_criteria(options: argparse.Namespace) -> int:
    language: Language = options.lang
    parsed = _read_criteria(options.file, language)
    if parsed.table is not None:
        _print_tree(parsed.table, language)
        print()
    for problem in parsed.problems:
        label = ("Lỗi", "Error") if problem.is_error else ("Lưu ý", "Note")
        print(f"{either(language, *label)}: {sentence(problem, language)}")
    count = len(parsed.errors)
    if count:
        print(either(language, f"Bảng có {count} chỗ mâu thuẫn.", f"The table has {count} inconsistencies."))
    else:
        print(either(language, "Bảng khớp, không có mâu thuẫn nào.", "The table holds: no inconsistency."))
    return NO if count else HOLDS


def _score(options: argparse.Namespace) -> int:
    table, evaluations = _evaluated(options)
    if options.json:
        print_json([_score_record(evaluation, options.lang) for evaluation in evaluations])
        return HOLDS
    for evaluation in evaluations:
        print(f"{evaluation.unit}: {_points(evaluation.total, options.lang)} / {_points(evaluation.maximum, options.lang)}")
        depths = _depths(table)
        for row in table.criteria:
            value = _points(evaluation.values[row.code], options.lang)
            print(f"  {value:>10}  {'  ' * depths[row.code]}{row.code}  {row.title}")
        for warning in evaluation.warnings:
            print(f"  ! {reason_sentence(warning, options.lang)}")
    return HOLDS


def _rank(options: argparse.Namespace) -> int:
    table, evaluations = _evaluated(options)
    codes = tuple(code.strip() for code in options.tie_break.split(",") if code.strip())
    tie_break = TieBreak(codes, LastResort(options.last_resort))
    try:
        tie_break.check(table)
    except Refused as refusal:
        raise Unreadable(f"--tie-break: {told(refusal, options.lang, ALL_SENTENCES)}") from None
    standings = rank(evaluations, tie_break)
    if options.json:
        warnings = {evaluation.unit: evaluation.warnings for evaluation in evaluations}
        records = [_rank_record(standing, options.lang) for standing in standings]
        for record, standing in zip(records, standings, strict=True):
            record["warnings"] = [reason_sentence(warning, options.lang) for warning in warnings[standing.unit]]
        print_json(records)
        return HOLDS
    for standing in standings:
        _print_standing(standing, options.lang)
    return HOLDS


def _evaluated(options: argparse.Namespace) -> tuple[CriteriaTable, tuple[Evaluation, ...]]:
    """The tables of the options, evaluated. Contradictory sums do not stop it: they are told on standard error."""
    language: Language = options.lang
    parsed = _read_criteria(options.criteria, language)
    if parsed.table is None:
        raise Unreadable(first_of(options.criteria, parsed.errors, language, ALL_SENTENCES))
    for problem in parsed.errors:
        print(f"{options.criteria}: {sentence(problem, language)}", file=sys.stderr)
    scores = parse_scores(rows_of(options.scores, language), parsed.table)
    if scores.errors:
        raise Unreadable(first_of(options.scores, scores.errors, language, ALL_SENTENCES))
    return parsed.table, evaluate(parsed.table, scores.lines)


def _read_criteria(path: str, language: Language) -> ParsedCriteria:
    parsed = parse_criteria(rows_of(path, language))
    frame = [problem for problem in parsed.errors if problem.code in _FRAME_CODES]
    if frame:
        raise Unreadable(first_of(path, frame, language, ALL_SENTENCES))
    return parsed


def _print_tree(table: CriteriaTable, language: Language) -> None:
    """The headings with what they state and what their items make."""
    for row, depth in _headings(table):
        stated = "–" if row.max_points is None else _points(row.max_points, language, fewest=0)
        total = _points(heading_sum(table, row), language, fewest=0)
        made = either(language, f"mục con cộng lại {total}", f"items sum to {total}")
        print(f"{'  ' * depth}{row.code}  {row.title}: {stated} ({made})")
    bonuses = sum(1 for row in table.criteria if row.is_adjustment)
    gates = sum(1 for row in table.criteria if row.is_gate)
    rows = len(table.criteria)
    print(
        either(
            language,
            f"{rows} dòng, trong đó {bonuses} dòng thưởng hoặc trừ, {gates} điều kiện loại.",
            f"{rows} rows, of which {bonuses} bonus or penalty rows and {gates} gates.",
        )
    )


def _headings(table: CriteriaTable) -> Iterable[tuple[Criterion, int]]:
    depths = _depths(table)
    return ((row, depths[row.code]) for row in table.criteria if row.is_additive and table.parts(row.code))


def _depths(table: CriteriaTable) -> dict[str, int]:
    depths: dict[str, int] = {}
    for row in table.top_down:
        depths[row.code] = depths[row.parent] + 1 if row.parent else 0
    return depths


def _score_record(evaluation: Evaluation, language: Language) -> dict[str, object]:
    return {
        "unit": evaluation.unit,
        "total": format_plain(evaluation.total),
        "maximum": format_plain(evaluation.maximum),
        "values": {code: format_plain(value) for code, value in evaluation.values.items()},
        "warnings": [reason_sentence(warning, language) for warning in evaluation.warnings],
    }


def _rank_record(standing: Standing, language: Language) -> dict[str, object]:
    return {
        "unit": standing.unit,
        "total": format_plain(standing.total),
        "maximum": format_plain(standing.maximum),
        "percent": None if standing.percent is None else format_plain(standing.percent),
        "rank": standing.rank,
        "tied": standing.tied,
        "excluded": standing.excluded,
        "reasons": [reason_sentence(reason, language) for reason in standing.reasons],
    }


def _print_standing(standing: Standing, language: Language) -> None:
    place = "–" if standing.rank is None else f"{standing.rank}{'=' if standing.tied else ''}"
    percent = "" if standing.percent is None else f"  {_points(standing.percent, language)} %"
    print(f"{place:>4}  {_points(standing.total, language):>10}{percent:>12}  {standing.unit}")
    for reason in standing.reasons:
        print(f"{'':18}{reason_sentence(reason, language)}")


def _points(points: Decimal, language: Language, *, fewest: int = 2) -> str:
    return format_vietnamese(points, fewest=fewest) if language == "vi" else format_plain(points, fewest=fewest, most=2)
