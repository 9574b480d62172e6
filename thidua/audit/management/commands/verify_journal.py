"""thidua verify-journal: recompute the audit chain."""

import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.audit.queries import verify

REASONS = {
    "gap": gettext_noop("thiếu dòng này"),
    "previous": gettext_noop("dòng này không nối với dòng trước"),
    "digest": gettext_noop("nội dung dòng này đã bị sửa"),
    "head": gettext_noop("các dòng cuối đã bị cắt hoặc thêm ngoài thidua"),
}


class Command(BaseCommand):
    """Exit 0 when every row holds; 1 with the first row that does not."""

    help = "Recomputes the hash chain of the journal; exit 1 names the first row that does not hold."

    def handle(self, *args, **options):
        """Print the verdict in one line."""
        length, broken = verify()
        if broken is None:
            self.stdout.write(_("Nhật ký nguyên vẹn: %(rows)d dòng.") % {"rows": length})
            return
        reason = _(REASONS[broken.reason])
        self.stdout.write(_("Nhật ký không nguyên vẹn từ dòng %(row)d: %(reason)s.") % {"row": broken.position, "reason": reason})
        sys.exit(1)
