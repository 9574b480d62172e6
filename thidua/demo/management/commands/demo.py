"""thidua demo: build the demo year through the real actions, or print its accounts."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import override

from thidua.clusters.rules import STAGES, Stage
from thidua.demo import cast, practice, tien_giang, tuyen_giao
from thidua.people.models import Person

SHOWN = (
    ("thuky", "Thư ký cụm Tuyên giáo số 2 (2021) / secretary of the cluster, 2021"),
    ("thuky-2022", "Thư ký cụm Tuyên giáo số 2 (2022) / secretary of the cluster, 2022"),
    ("canbo-congan", "Cán bộ thi đua của một đơn vị / emulation officer of a unit"),
    ("lanhdao-congan", "Lãnh đạo đơn vị, đại biểu có quyền bỏ phiếu / leader and delegate"),
    ("baocaovien-coquan", "Báo cáo viên / rapporteur"),
    ("congtacvien-coquan", "Cộng tác viên / collaborator"),
    ("thamdinh-1", "Tổ thẩm định / appraiser"),
    ("captren", "Cán bộ cơ quan cấp trên / officer of the superior body"),
    ("bientap", "Biên tập tin / news editor"),
    ("kiemtra", "Kiểm tra, đọc nhật ký / auditor"),
    ("quantri", "Quản trị cài đặt / operator of the installation"),
    ("thuky-tiengiang", "Khối mang bảng điểm có thật / bloc with the real table"),
    ("thuky-thuchanh", "Cụm thực hành, chưa mở năm / practice cluster, no year yet"),
)


class Command(BaseCommand):
    """Builds the demo once; a second time only says that it is there."""

    help = "Builds the demo year up to a stage (default: 2021 closed, 2022 with its pledge signed)."

    def add_arguments(self, parser):
        """--stage and --accounts."""
        parser.add_argument("--stage", choices=[str(stage) for stage in STAGES], default=str(Stage.CLOSED))
        parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")

    def handle(self, *args, **options):
        """Build, then print the accounts. Exit 1 when the installation already holds other people."""
        if not options["accounts"]:
            if Person.objects.filter(username="thuky").exists():
                self.stdout.write("Năm mẫu đã có sẵn. / The demo is there already.")
            elif Person.objects.exists():
                self.stdout.write(
                    "Bản cài đặt này đã có người dùng thật; năm mẫu không được nạp. / Not into an installation in use."
                )
                sys.exit(1)
            else:
                with transaction.atomic(), override("vi"):
                    self._build(options["stage"])
        if Person.objects.filter(username="thuky").exists():
            self._print_accounts()

    def _build(self, stage: str) -> None:
        tuyen_giao.build(stage, self._say)
        tien_giang.build(self._say)
        practice.build(self._say)

    def _say(self, words: str) -> None:
        self.stdout.write(f"  · {words}")
        self.stdout.flush()

    def _print_accounts(self) -> None:
        width = max(len(name) for name, _ in SHOWN)
        self.stdout.write(f"\nTài khoản mẫu (mật khẩu chung) / demo accounts (one password): {cast.PASSWORD}")
        for username, words in SHOWN:
            self.stdout.write(f"  {username:<{width}}  {words}")
        self.stdout.write("  Mỗi đơn vị còn có / each unit also has: canbo-…, lanhdao-… (xem / see Đơn vị)")
