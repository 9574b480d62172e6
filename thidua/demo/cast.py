"""Who is in the demo: the article's seven units and their posts. Accounts are named by post; no person is invented.

Sources: the names of the units are those of the article (shared/seed/facts.md); everything about posts is illustrative.
"""

from dataclasses import dataclass

from thidua.kernel.actor import Role

PASSWORD = "Thi-dua-2021"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the article: its key in user names, full and short name, kind."""

    key: str
    name_vi: str
    name_en: str
    short: str
    kind: str


UNITS = (
    UnitRow("congan", "Công an tỉnh", "Provincial Police", "Công an tỉnh", "police"),
    UnitRow("quansu", "Bộ Chỉ huy Quân sự tỉnh", "Provincial Military Command", "BCH Quân sự tỉnh", "military"),
    UnitRow("benhvien", "Bệnh viện Trung ương Thái Nguyên", "Thai Nguyen National Hospital", "BVTW Thái Nguyên", "hospital"),
    UnitRow("coquan", "Khối các cơ quan tỉnh", "Bloc of Provincial Agencies", "Khối các cơ quan", "party_committee"),
    UnitRow("daihoc", "Đại học Thái Nguyên", "Thai Nguyen University", "ĐH Thái Nguyên", "university"),
    UnitRow("gangthep", "Công ty CP Gang thép Thái Nguyên", "Thai Nguyen Iron and Steel JSC", "CTCP Gang thép TN", "company"),
    UnitRow(
        "kimloaimau",
        "Công ty CP Kim loại màu Thái Nguyên",
        "Thai Nguyen Non-ferrous Metals JSC",
        "CTCP Kim loại màu TN",
        "company",
    ),
)
HEAD = "kimloaimau"
NEXT_HEAD = "congan"
SUPERIOR = UnitRow(
    "bantuyengiao",
    "Ban Tuyên giáo Tỉnh ủy Thái Nguyên",
    "Propaganda Board of the Provincial Party Committee",
    "Ban Tuyên giáo Tỉnh ủy",
    "party_body",
)


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of the demo: user name, the post's title in Vietnamese and English, the unit's key, its roles."""

    username: str
    title_vi: str
    title_en: str
    unit: str
    roles: tuple[Role, ...]


def unit_posts(unit: UnitRow) -> list[PostRow]:
    """A leader who is also a delegate, and an officer, for a unit."""
    return [
        PostRow(f"lanhdao-{unit.key}", "Lãnh đạo đơn vị", "Leader of the unit", unit.key, (Role.UNIT_LEADER, Role.DELEGATE)),
        PostRow(f"canbo-{unit.key}", "Cán bộ thi đua", "Emulation officer", unit.key, (Role.UNIT_OFFICER,)),
    ]


POSTS = (
    PostRow("captren", "Cán bộ theo dõi cụm", "Officer in charge of the cluster", "bantuyengiao", (Role.SUPERIOR_OFFICER,)),
    PostRow("thuky", "Thư ký cụm", "Secretary of the cluster", HEAD, (Role.HEAD_SECRETARY,)),
    PostRow("thuky-2022", "Thư ký cụm (2022)", "Secretary of the cluster, 2022", NEXT_HEAD, (Role.HEAD_SECRETARY,)),
    PostRow("thamdinh-1", "Tổ thẩm định (số 1)", "Appraiser 1", HEAD, (Role.APPRAISER,)),
    PostRow("thamdinh-2", "Tổ thẩm định (số 2)", "Appraiser 2", "congan", (Role.APPRAISER,)),
    PostRow("bientap", "Biên tập tin", "News editor", HEAD, (Role.EDITOR,)),
    PostRow("kiemtra", "Kiểm tra nhật ký", "Auditor", "bantuyengiao", (Role.AUDITOR,)),
    PostRow("baocaovien-coquan", "Báo cáo viên số 1", "Rapporteur 1", "coquan", (Role.RAPPORTEUR,)),
    PostRow("congtacvien-coquan", "Cộng tác viên số 1", "Collaborator 1", "coquan", (Role.COLLABORATOR,)),
    PostRow("baocaovien-daihoc", "Báo cáo viên số 1", "Rapporteur 1", "daihoc", (Role.RAPPORTEUR,)),
    PostRow("congtacvien-daihoc", "Cộng tác viên số 1", "Collaborator 1", "daihoc", (Role.COLLABORATOR,)),
    *(post for unit in UNITS for post in unit_posts(unit)),
)
