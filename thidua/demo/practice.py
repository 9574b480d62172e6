"""A cluster without a year, for whoever wants to run one from the first click: three practice units that stand for nobody."""

from thidua.clusters import actions as clusters
from thidua.clusters.models import Cluster
from thidua.demo import builder, cast
from thidua.demo.builder import as_, at
from thidua.kernel.actor import Role

BODY = cast.UnitRow("captren-th", "Cơ quan cấp trên (thực hành)", "Superior body (practice)", "Cấp trên (thực hành)", "agency")
UNITS = tuple(
    cast.UnitRow(f"th{i}", f"Đơn vị thực hành {i}", f"Practice unit {i}", f"Thực hành {i}", "agency") for i in (1, 2, 3)
)
POSTS = (
    cast.PostRow("captren-thuchanh", "Cán bộ theo dõi cụm", "Officer in charge", BODY.key, (Role.SUPERIOR_OFFICER,)),
    cast.PostRow("thuky-thuchanh", "Thư ký cụm", "Secretary of the cluster", "th1", (Role.HEAD_SECRETARY, Role.EDITOR)),
    cast.PostRow("thamdinh-thuchanh", "Tổ thẩm định", "Appraiser", BODY.key, (Role.APPRAISER,)),
    *(post for unit in UNITS for post in cast.unit_posts(unit)),
)


def build(say: builder.SAY) -> Cluster:
    """The practice cluster; its first year is left to be opened."""
    say("Cụm thực hành: chưa mở năm, để bạn tự làm từ đầu")
    now = at(2021, 12, 1)
    units = {row.key: builder.enter_unit(row, now) for row in (BODY, *UNITS)}
    for post in POSTS:
        builder.enter_account(post, units[post.unit], now)
    return clusters.form_cluster(
        superior_body=units[BODY.key],
        name_vi="Cụm thực hành",
        name_en="Practice cluster",
        rotation=[units[row.key] for row in UNITS],
        actor=as_("captren-thuchanh", now),
        now=now,
    )
