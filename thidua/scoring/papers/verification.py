"""The verification workbook: every figure of every unit, and live formulas from them to the last rank.

Whoever may see the ranking may compute it again, with LibreOffice or Excel, without this software. Figures and points are in it;
the units' reasons and evidence are not.
"""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thidua.clusters.models import ClusterYear
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.rules import ROOT, CriteriaTable, Criterion
from thidua.kernel.points import SETTLED_PLACES
from thidua.scoring.papers import formulas
from thidua.scoring.papers.formulas import FIRST_ROW, Rules, quoted
from thidua.scoring.papers.tables import MIME
from thidua.scoring.queries import Proven, Proving
from thidua.scoring.queries.results import digest_of
from thidua.scoring.rules import ScoreLine
from thidua.web.workbook import sheet_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_HEAD = FIRST_ROW - 2
"""The row of the headings, counted from 0."""
_RANK_FIRST = 6
_FLAGS = (formulas.OUT, formulas.SCORED, formulas.FAILS)
_FIGURES = ("points", "actual", "target", "count", "grade", "days_late", "passed")


def verification_workbook(year: ClusterYear, proving: Proving) -> HttpResponse:
    """The workbook as a download: what to know first, the ranking, each version of the criteria, each unit."""
    response = HttpResponse(verification_bytes(year, proving), content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="kiem-chung-{year.cluster.slug}-{year.year}.xlsx"'
    return response


def verification_bytes(year: ClusterYear, proving: Proving) -> bytes:
    """The workbook itself."""
    return _Workbook(year, proving).finished()


def rounded(formula: str) -> str:
    """Settled as `kernel.points.settle` does: to a billionth, half away from zero."""
    return f"ROUND({formula},{SETTLED_PLACES})"


class _Workbook:
    """The sheets while they are written. Formulas carry the values this software found, for readers that do not compute."""

    def __init__(self, year: ClusterYear, proving: Proving) -> None:
        import xlsxwriter

        self.year, self.proving = year, proving
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        paint = self.book.add_format
        self.title = paint({"bold": True, "font_size": 14})
        self.head = paint({"bold": True, "bg_color": "#EFEEE8", "text_wrap": True, "valign": "top", "border": 1})
        self.text = paint({"text_wrap": True, "valign": "top"})
        self.typed = paint({"bg_color": "#FDF3D7", "num_format": "#,##0.######", "valign": "top"})
        self.figure = paint({"num_format": "#,##0.00#######", "valign": "top"})
        self.whole = paint({"num_format": "0", "valign": "top"})
        self.place = paint({"num_format": "0", "bold": True, "valign": "top"})
        self.bold = paint({"num_format": "#,##0.00#######", "bold": True, "valign": "top"})
        self.note = paint({"bg_color": "#FDF3D7", "bold": True})
        self.taken: set[str] = set()
        self.first, self.ranks = self._sheet(_("Đọc trước")), self._sheet(_("Xếp hạng"))
        self.versions: dict[int, tuple[CriteriaVersion, CriteriaTable, str]] = {}
        for one in proving.units:
            if one.sheet.version_id not in self.versions:
                name = self._name(_("Tiêu chí %(n)s") % {"n": one.sheet.version.number})
                self.versions[one.sheet.version_id] = (one.sheet.version, one.result.table, name)
        pages = {pk: self.book.add_worksheet(name) for pk, (_v, _t, name) in self.versions.items()}
        self.names = {one.key: self._name(one.unit.short) for one in proving.units}
        self.rules = {pk: Rules(table, name, self._best) for pk, (_v, table, name) in self.versions.items()}
        for pk, page in pages.items():
            self._criteria(page, self.versions[pk][0], self.rules[pk])
        for one in proving.units:
            self._unit(self.book.add_worksheet(self.names[one.key]), one)
        self._ranking()
        self._preface()

    def finished(self) -> bytes:
        """The bytes of the file."""
        self.book.close()
        return self.stream.getvalue()

    def _name(self, title: str) -> str:
        """A name no other sheet has, in any case of its letters."""
        plain = sheet_name(title.replace("'", "’")) or "?"
        name, number = plain, 1
        while name.lower() in self.taken:
            number += 1
            name = f"{plain[: 30 - len(str(number))]} {number}"
        self.taken.add(name.lower())
        return name

    def _sheet(self, title: str) -> "Worksheet":
        return self.book.add_worksheet(self._name(title))

    def _top(self, page: "Worksheet", title: str, words: str, headings: list[str], widths: list[int]) -> None:
        page.write_string(0, 0, f"{title} · {self.year}", self.title)
        if self.year.illustrative:
            page.write_string(1, 0, _("Số liệu minh hoạ – không phải kết quả thật của các đơn vị"), self.note)
        page.write_string(2, 0, words)
        for column, heading in enumerate(headings):
            page.write_string(_HEAD, column, heading, self.head)
            page.set_column(column, column, widths[min(column, len(widths) - 1)])
        page.set_row(_HEAD, 48)
        page.freeze_panes(_HEAD + 1, 2)
        page.repeat_rows(_HEAD)
        _on_paper(page)

    def _number(self, page: "Worksheet", cell: str, figure: Decimal | None, style: "Format | None" = None) -> None:
        if figure is not None:
            page.write_number(cell, float(figure), style or self.figure)

    def _formula(self, page: "Worksheet", cell: str, formula: str, value: object, style: "Format | None" = None) -> None:
        """A formula with what it comes to; nothing for none."""
        if formula:
            known = float(value) if isinstance(value, Decimal | int) else value
            page.write_formula(cell, formula, style or self.figure, "" if known is None else known)

    def _best(self, code: str) -> str:
        """The best excess over target of the cluster: the units' cells, and what a unit without a sheet here has."""
        cells = []
        for one in self.proving.units:
            rules = self.rules[one.sheet.version_id]
            if code in rules.rows:
                cells.append(f"{quoted(self.names[one.key])}!{rules.cell(formulas.HELP, code)}")
        elsewhere = self.proving.best_elsewhere.get(code)
        return f"MAX({','.join([*cells, *([repr(float(elsewhere))] if elsewhere else [])])})"

    def _criteria(self, page: "Worksheet", version: CriteriaVersion, rules: Rules) -> None:
        words = _("Phiên bản %(n)s, ban hành theo: %(decision)s. SHA-256: %(digest)s") % {
            "n": version.number, "decision": version.decision, "digest": version.digest,
        }  # fmt: skip
        headings = [
            _("Mã"), _("Mã cha"), pgettext("column", "Tiêu chí"), _("Loại"), _("Cách tính"), _("Tối đa"),
            _("Điểm mỗi lần hoặc mỗi ngày"), _("Thấp nhất"), _("Cao nhất"), _("Thưởng mỗi % vượt"), _("Thưởng vượt nhiều nhất"),
            _("Cộng trừ nhiều nhất"), _("Thưởng nhiều nhất"), _("Trừ nhiều nhất"), _("Sàn"), _("Các loại"), _("Điểm theo hạng"),
            _("Điểm tối đa của dòng khi được giao"),
        ]  # fmt: skip
        self._top(page, _("Bảng tiêu chí"), words, headings, [10, 10, 50, 9, 16, *([11] * 9), 11, 24, 24, 14])
        frame = rules.table.frame()
        for row in rules.table.criteria:
            self._criterion(page, rules, row, frame[row.code])

    def _criterion(self, page: "Worksheet", rules: Rules, row: Criterion, frame: Decimal) -> None:
        for column, words in zip("ABCDE", (row.code, row.parent, row.title, row.kind.value, row.method.value), strict=True):
            page.write_string(rules.cell(column, row.code), "" if words == "award" and row.is_gate else words, self.text)
        lowest, highest = row.bounds if row.is_adjustment else (None, None)
        figures = (
            row.max_points, row.per_case, lowest, highest, row.over_rate, row.over_cap,
            row.adjust_cap, row.bonus_cap, row.penalty_cap, row.floor,
        )  # fmt: skip
        for column, figure in zip("FGHIJKLMNO", figures, strict=True):
            self._number(page, rules.cell(column, row.code), figure)
        grades = "; ".join(f"{letter}={formulas.literal(part)}" for letter, part in row.grades)
        page.write_string(rules.cell("P", row.code), grades, self.text)
        page.write_string(rules.cell("Q", row.code), " / ".join(formulas.literal(figure) for figure in row.pool), self.text)
        self._formula(page, rules.cell(formulas.FRAME, row.code), rules.frame(row), frame)

    def _unit(self, page: "Worksheet", one: Proven) -> None:
        words = _(
            "Ô vàng là số liệu sau thẩm định. Các cột từ K trở đi là công thức; cột S là kết quả của phần mềm để đối chiếu."
        )
        headings = [
            _("Mã"), pgettext("column", "Tiêu chí"), _("Điểm chấm"), pgettext("score sheet", "Thực hiện"), _("Chỉ tiêu"),
            _("Số lần"), _("Mức, loại"), _("Số ngày chậm"), _("Đạt (1/0)"), _("Được giao (0 = không)"), _("Không giao"),
            _("Tỷ lệ vượt, hoặc mức thấp nhất"),
            _("Điểm của chính dòng"), _("Có điểm"), _("Giá trị"), _("Bớt vì không giao"), _("Tối đa được giao"),
            _("Vướng điều kiện loại"), _("Phần mềm tính"), _("Lệch"),
        ]  # fmt: skip
        self._top(page, one.unit.name_vi, words, headings, [10, 50, 10])
        rules, lines = self.rules[one.sheet.version_id], {line.code: line for line in one.lines}
        below = {row.code for code in one.result.verified.unassigned for row in rules.table.subtree(code)}
        for row in rules.table.criteria:
            page.write_string(rules.cell("A", row.code), row.code, self.text)
            page.write_string(rules.cell("B", row.code), row.title, self.text)
            self._figures(page, rules, row, lines.get(row.code))
            self._points(page, rules, row, one, row.code in below)

    def _figures(self, page: "Worksheet", rules: Rules, row: Criterion, line: ScoreLine | None) -> None:
        for column, name in zip("CDEFGHI", _FIGURES, strict=True):
            figure = getattr(line, name, None)
            if isinstance(figure, str) and figure:
                page.write_string(rules.cell(column, row.code), figure, self.typed)
            elif figure not in (None, ""):
                page.write_number(rules.cell(column, row.code), float(figure), self.typed)
        if line is not None and not line.assigned:
            page.write_number(rules.cell(formulas.ASSIGNED, row.code), 0, self.typed)

    def _points(self, page: "Worksheet", rules: Rules, row: Criterion, one: Proven, out: bool) -> None:
        made = one.result.verified
        value, most = made.values[row.code], made.maxima[row.code]
        relative = row.code in self.proving.relative
        computed: Mapping[str, tuple[str, object]] = {
            formulas.OUT: (rules.out(row), int(out)),
            formulas.HELP: (rules.help(row, relative=relative), None),
            formulas.OWN: (rules.own(row), None),
            formulas.SCORED: (rules.scored(row), None),
            formulas.VALUE: (rules.value(row), value),
            formulas.LOST: (rules.lost(row), None),
            formulas.MAXIMUM: (rules.maximum(row), most),
            formulas.FAILS: (rules.fails(row), int(row.code in made.failed_gates)),
        }
        for column, (formula, known) in computed.items():
            style = self.bold if column == formulas.VALUE else self.whole if column in _FLAGS else None
            self._formula(page, rules.cell(column, row.code), formula, known, style)
        self._number(page, rules.cell("S", row.code), value)
        difference = f"={rounded(rules.cell(formulas.VALUE, row.code))}-{rules.cell('S', row.code)}"
        self._formula(page, rules.cell("T", row.code), difference, 0)

    def _ranking(self) -> None:
        codes = self.proving.tie_break.codes
        last = ord("J") + len(codes)
        ties = [_column(ord("J") + n) for n in range(len(codes))]
        rank, tied, ours, agrees = (_column(last + n) for n in range(4))
        headings = [
            _("Hạng của phần mềm"), _("Đơn vị"), _("Tổng điểm"), _("Điểm tối đa được giao"), _("Tỷ lệ %"),
            _("Số điều kiện loại vướng"),
            _("Số dòng không giao"), _("Được xếp hạng (1/0)"), pgettext("column", "Xếp theo"),
            *(_("Phân định: %(code)s") % {"code": c} for c in codes),
            _("Hạng tính lại"), _("Số đơn vị cùng hạng"), _("Tổng điểm của phần mềm"), _("Khớp"),
        ]  # fmt: skip
        page, units = self.ranks, self.proving.units
        words = _("Xếp theo tỷ lệ (1) hay tổng điểm (0):")
        self._top(page, _("Xếp hạng"), words, headings, [10, 44, 13])
        end = _RANK_FIRST + len(units) - 1
        span = {c: f"${c}${_RANK_FIRST}:${c}${end}" for c in ("F", "G", "H", "I", *ties)}
        switch = "$I$3"
        self._formula(
            page, "I3", f"=IF(SUMPRODUCT(({span['F']}=0)*({span['G']}>0))>0,1,0)", int(self.proving.by_percent), self.whole
        )
        for at, one in enumerate(units, _RANK_FIRST):
            self._standing(page, at, one, ties, switch)
            keys = [(span[c], f"{c}{at}") for c in ("I", *ties)]
            self._formula(
                page, f"{rank}{at}", f'=IF(H{at}=1,{formulas.rank_of(span["H"], keys)},"")', one.standing.rank, self.place
            )
            same = "*".join([f"({span['H']}=1)", *(f"({everyone}={own})" for everyone, own in keys)])
            self._formula(page, f"{tied}{at}", f'=IF(H{at}=1,SUMPRODUCT({same}),"")', _together(one, units), self.whole)
            self._number(page, f"{ours}{at}", one.standing.total)
            holds = f'=IF(AND(C{at}={ours}{at},{rank}{at}&""=A{at}&""),"{_("khớp")}","{_("LỆCH")}")'
            self._formula(page, f"{agrees}{at}", holds, _("khớp"))

    def _standing(self, page: "Worksheet", at: int, one: Proven, ties: list[str], switch: str) -> None:
        rules, standing, made = self.rules[one.sheet.version_id], one.standing, one.result.verified
        table, name = rules.table, quoted(self.names[one.key])
        roots = "+".join(
            f"{name}!{rules.cell(formulas.VALUE, row.code)}" for row in (*table.parts(ROOT), *table.adjustments(ROOT))
        )
        maxima = "+".join(f"{name}!{rules.cell(formulas.MAXIMUM, row.code)}" for row in table.parts(ROOT))
        end = FIRST_ROW + len(table.criteria) - 1
        if standing.rank is not None:
            page.write_number(f"A{at}", standing.rank, self.whole)
        page.write_string(f"B{at}", one.unit.name_vi, self.text)
        self._formula(page, f"C{at}", f"={rounded(roots or '0')}", standing.total, self.bold)
        self._formula(page, f"D{at}", f"={rounded(maxima or '0')}", standing.maximum)
        self._formula(page, f"E{at}", f'=IF(D{at}>0,{rounded(f"C{at}*100/D{at}")},"")', standing.percent)
        for column, counted, known in (
            ("F", formulas.FAILS, len(made.failed_gates)),
            ("G", formulas.OUT, sum(1 for code in made.unassigned for _row in table.subtree(code))),
        ):
            self._formula(page, f"{column}{at}", f"=SUM({name}!{counted}{FIRST_ROW}:{counted}{end})", known, self.whole)
        inside = f"=IF(AND(F{at}=0,OR({switch}=0,ISNUMBER(E{at}))),1,0)"
        self._formula(page, f"H{at}", inside, int(not standing.excluded), self.whole)
        key = standing.percent if self.proving.by_percent else standing.total
        self._formula(page, f"I{at}", f"=IF(H{at}=1,IF({switch}=1,E{at},C{at}),0)", 0 if standing.excluded else key)
        for column, code in zip(ties, self.proving.tie_break.codes, strict=True):
            cell = f"{name}!{rules.cell(formulas.VALUE, code)}"
            self._formula(page, f"{column}{at}", f"={rounded(cell)}", made.values[code])

    def _preface(self) -> None:
        page = self.first
        for column, width in enumerate((46, 20, 38, 70, 12)):
            page.set_column(column, column, width)
        _on_paper(page)
        page.write_string(0, 0, _("Hồ sơ kiểm chứng xếp hạng · %(year)s") % {"year": self.year}, self.title)
        if self.year.illustrative:
            page.write_string(1, 0, _("Số liệu minh hoạ – không phải kết quả thật của các đơn vị"), self.note)
        for n, words in enumerate(_preface_words(self.proving), 3):
            page.write_string(n, 0, words)
        top = 4 + len(_preface_words(self.proving))
        headings = (_("Đơn vị"), _("Phiên bản tiêu chí"), _("Dấu của phiếu"), _("SHA-256 số liệu sau thẩm định"), _("Thẩm định"))
        for column, heading in enumerate(headings):
            page.write_string(top, column, heading, self.head)
        for n, one in enumerate(self.proving.units, top + 1):
            checked = _("đã xong") if one.sheet.checked_at else _("chưa xong")
            cells = (one.unit.name_vi, str(one.sheet.version.number), one.sheet.stamp, figures_digest(one), checked)
            for column, words in enumerate(cells):
                page.write_string(n, column, words, self.text)
        self.first.activate()


def figures_digest(one: Proven) -> str:
    """SHA-256 of the verified figures, as `digest_of` makes it, without the units' reasons."""
    return digest_of(one.lines, {})


def _preface_words(proving: Proving) -> list[str]:
    codes = ", ".join(proving.tie_break.codes)
    return [
        _("Tệp này tính lại từng điểm và từng hạng bằng công thức. Mở bằng LibreOffice hoặc Excel rồi bấm Ctrl+Shift+F9."),
        _("Thay một số ở ô vàng để xem điểm và hạng đổi ra sao. Cột “Khớp” cho biết kết quả có giống phần mềm hay không."),
        _("Giá trị một dòng là tổng các dòng con; dòng con chưa có điểm thì lấy điểm của chính dòng. Thưởng, trừ có giới hạn."),
        _("Không làm tròn ở từng dòng. Tổng điểm, tỷ lệ và điểm phân định được làm tròn tới 9 chữ số thập phân rồi mới so sánh."),
        _("Có dòng không giao cho một đơn vị thì cả cụm xếp theo tỷ lệ trên điểm tối đa được giao."),
        _("Khi bằng nhau, xét lần lượt tiêu chí: %(codes)s.") % {"codes": codes} if codes else _("Bằng nhau thì cùng hạng."),
    ]


def _on_paper(page: "Worksheet") -> None:
    """A4 across, as wide as the page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _together(one: Proven, units: list[Proven]) -> int | None:
    rank = one.standing.rank
    return None if rank is None else sum(other.standing.rank == rank for other in units)


def _column(code: int) -> str:
    """The letter of a column of the ranking: A to Z, then AA."""
    n = code - ord("A")
    return chr(ord("A") + n) if n < 26 else "A" + chr(ord("A") + n - 26)
