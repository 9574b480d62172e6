"""thidua recompute: standings of one year or of all open ones, computed anew at once."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import SYSTEM
from thidua.kernel.errors import Refused
from thidua.scoring.actions import ask_recomputation, run_recomputation
from thidua.scoring.models import Recomputation
from thidua.web.sentences import sentence_of


class Command(BaseCommand):
    """Exit 0 when all is stored; 1 with a sentence otherwise."""

    help = "Computes the standings of all open years anew, or of one (--cluster SLUG --year N), and stores them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Both or neither."""
        parser.add_argument("--cluster", help="slug")
        parser.add_argument("--year", type=int)

    def handle(self, *args: object, cluster: str | None, year: int | None, **options: object) -> None:
        """Say in one line what was computed."""
        found = self._year(cluster, year)
        try:
            asked = ask_recomputation(year=found, actor=SYSTEM, now=timezone.now())
        except Refused as refused:
            raise CommandError(sentence_of(refused)) from refused
        run_recomputation(asked.pk, timezone.now)
        run = Recomputation.objects.get(pk=asked.pk)
        told = {"years": run.done, "cells": run.cells, "changed": run.changed}
        self.stdout.write(_("Đã tính lại %(years)d năm thi đua, %(cells)d ô điểm; %(changed)d đơn vị thay đổi.") % told)

    def _year(self, cluster: str | None, year: int | None) -> ClusterYear | None:
        if cluster is None and year is None:
            return None
        if cluster is None or year is None:
            raise CommandError(_("Hãy nêu cả --cluster và --year, hoặc không nêu gì để tính mọi cụm."))
        found = ClusterYear.objects.select_related("cluster").filter(cluster__slug=cluster, year=year).first()
        if found is None:
            raise CommandError(_("Không có năm %(year)d của cụm “%(cluster)s”.") % {"year": year, "cluster": cluster})
        return found
