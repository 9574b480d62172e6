"""The second cluster: a real scoring table with the real result of one unit (sources in data/README.md).

Tiền Giang 2022, district offices of natural resources and environment; 124.4 self-scored, 118.4 verified in the source.
The other unit of the cluster sent nothing to the source and so has no sheet: its place is left withheld with that reason.
"""

import csv
import io
from decimal import Decimal
from importlib.resources import files

from thidua.clusters import actions as clusters
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage, StageSpan
from thidua.criteria import actions as criteria
from thidua.demo import builder, cast
from thidua.demo.builder import as_, at, day
from thidua.kernel.actor import Role
from thidua.people.models import Organisation
from thidua.pledges import actions as pledges
from thidua.scoring import actions as scoring
from thidua.scoring.models import ScoreSheet
from thidua.scoring.rules import ScoreLine

BODY = cast.UnitRow("sotnmt-tiengiang", "Sở Tài nguyên và Môi trường tỉnh Tiền Giang", "", "Sở TN&MT Tiền Giang", "agency")
OFFICE = cast.UnitRow("tnmt-cailay", "Phòng Tài nguyên và Môi trường thị xã Cai Lậy", "", "Phòng TN&MT TX Cai Lậy", "agency")
OTHER = cast.UnitRow("tnmt-khac", "Một phòng Tài nguyên và Môi trường khác trong tỉnh", "", "Phòng TN&MT khác", "agency")

POSTS = (
    cast.PostRow(
        "captren-tiengiang", "Cán bộ theo dõi thi đua", "Emulation officer of the department", BODY.key, (Role.SUPERIOR_OFFICER,)
    ),
    cast.PostRow("thamdinh-tiengiang", "Đoàn thẩm định của Sở", "Appraiser of the department", BODY.key, (Role.APPRAISER,)),
    cast.PostRow("thuky-tiengiang", "Thư ký khối", "Secretary of the bloc", OFFICE.key, (Role.HEAD_SECRETARY,)),
    *cast.unit_posts(OFFICE),
    *cast.unit_posts(OTHER),
)
RESULTS = "tien-giang-tnmt-phong-2022-results.csv"
TABLE = "tien-giang-tnmt-phong-2022.csv"
_OVER = "Nguồn cho điểm cao hơn mức tối đa của bảng (nguồn dùng một bản khác của bảng)."
OVER = {"C2": _OVER, "C4": _OVER}
"""Why points stand above what the table allows (data/README.md)."""


def table_rows(name: str) -> list[list[str]]:
    """A table of the demo's data as rows of text."""
    text = (files("thidua.demo") / "data" / name).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def results() -> list[dict[str, str]]:
    """The real result, node by node."""
    header, *rows = table_rows(RESULTS)
    return [dict(zip(header, row, strict=True)) for row in rows]


def granted(column: str) -> dict[str, tuple[Decimal, str]]:
    """Points and the source's note at the nodes where they were granted: those without a scored node below them."""
    header, *rows = table_rows(TABLE)
    parents = {row[header.index("code")]: row[header.index("parent_code")] for row in rows}
    known = {row["code"] for row in results()}
    inner = {parents[code] for code in known}
    return {row["code"]: (Decimal(row[column]), row["note_vi"]) for row in results() if row["code"] not in inner}


def build(say: builder.SAY) -> ClusterYear:
    """The cluster, its table, one unit's sheet and what the verifiers made of it."""
    say("Cụm thứ hai: bảng điểm và kết quả có thật (Tiền Giang 2022)")
    begun = at(2022, 1, 10)
    units = {row.key: builder.enter_unit(row, begun) for row in (BODY, OFFICE, OTHER)}
    for post in POSTS:
        builder.enter_account(post, units[post.unit], begun)
    year = _open(units, begun)
    _pledge(year, units)
    _score(year, units[OFFICE.key], units[OTHER.key])
    _verify(year, units[OFFICE.key])
    return year


def _open(units: dict[str, Organisation], now) -> ClusterYear:
    members = [units[OFFICE.key], units[OTHER.key]]
    cluster = clusters.form_cluster(
        superior_body=units[BODY.key],
        name_vi="Khối phòng Tài nguyên và Môi trường Tiền Giang (bảng có thật)",
        rotation=members,
        actor=as_("captren-tiengiang", now),
        now=now,
    )
    secretary = as_("thuky-tiengiang", now)
    year = clusters.open_first_year(cluster=cluster, year=2022, members=members, head=members[0], actor=secretary, now=now)
    spans = [
        StageSpan(Stage.PREPARING, day("2022-01-10"), day("2022-01-31")),
        StageSpan(Stage.SELF_SCORING, day("2022-11-15"), day("2022-12-02")),
        StageSpan(Stage.CROSS_CHECKING, day("2022-12-05"), day("2022-12-15")),
    ]
    clusters.set_calendar(year=year, spans=spans, actor=secretary, now=now)
    draft = criteria.import_table(
        year=year,
        rows=table_rows(TABLE),
        title="Bảng chấm điểm thi đua Phòng TN&MT cấp huyện 2022",
        source_name=TABLE,
        actor=secretary,
        now=now,
    )
    criteria.publish_version(version=draft, decision="Bang diem chuan.docx (nguồn ghi ở từng dòng)", actor=secretary, now=now)
    return year


def _pledge(year: ClusterYear, units: dict[str, Organisation]) -> None:
    now = at(2022, 1, 28)
    secretary = as_("thuky-tiengiang", now)
    pledge = pledges.freeze_pledge(pledge=pledges.draft_pledge(year=year, actor=secretary, now=now), actor=secretary, now=now)
    for row in (OFFICE, OTHER):
        leader = as_(f"lanhdao-{row.key}", now)
        pledges.confirm_pledge(pledge=pledge, unit=units[row.key], digest=pledge.digest, actor=leader, now=now)
    for stage, moment in (
        (Stage.PLEDGED, now),
        (Stage.RUNNING, at(2022, 2, 1)),
        (Stage.MID_YEAR, at(2022, 7, 20)),
        (Stage.SELF_SCORING, at(2022, 11, 15)),
    ):
        clusters.advance_stage(year=year, stage=stage, actor=as_("thuky-tiengiang", moment), now=moment)


def _score(year: ClusterYear, office: Organisation, other: Organisation) -> None:
    now = at(2022, 11, 30)
    year.refresh_from_db()
    officer = as_(f"canbo-{OFFICE.key}", now)
    sheet = scoring.open_sheet(year=year, unit=office, actor=officer, now=now)
    for code, (points, note) in granted("self_score").items():
        line, why = ScoreLine(code=code, points=points), note or OVER.get(code, "")
        scoring.save_line(sheet=sheet, line=line, reason=why, actor=officer, now=now)
    scoring.submit_sheet(sheet=sheet, actor=as_(f"lanhdao-{OFFICE.key}", now), now=now)
    secretary = as_("thuky-tiengiang", now)
    why = "Nguồn chỉ có kết quả của một đơn vị; đơn vị này không có phiếu trong nguồn."
    scoring.withhold_unit(year=year, unit=other, reason=why, actor=secretary, now=now)
    clusters.advance_stage(year=year, stage=Stage.CROSS_CHECKING, actor=secretary, now=at(2022, 12, 5))


def _verify(year: ClusterYear, office: Organisation) -> None:
    now = at(2022, 12, 9)
    year.refresh_from_db()
    verifier = as_("thamdinh-tiengiang", now)
    scoring.assign_appraiser(
        year=year, person=builder.person("thamdinh-tiengiang"), unit=office, actor=as_("thuky-tiengiang", now), now=now
    )
    sheet = ScoreSheet.objects.get(year=year, unit=office)
    claimed = granted("self_score")
    for code, (points, note) in granted("verified_score").items():
        if points != claimed[code][0]:
            scoring.give_verdict(sheet=sheet, line=ScoreLine(code=code, points=points), reason=note, actor=verifier, now=now)
    scoring.confirm_all_remaining(sheet=sheet, actor=verifier, now=now)
    scoring.finish_check(sheet=sheet, actor=verifier, now=now)
