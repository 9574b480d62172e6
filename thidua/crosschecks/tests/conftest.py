"""A year at the cross-check with submitted sheets, and rounds in it."""

import pytest

from thidua.criteria.queries import forget_tables
from thidua.crosschecks.models import CheckRound, CheckTask
from thidua.scoring.queries.results import forget_results
from thidua.scoring.tests.conftest import FULL, Field, columns


@pytest.fixture(autouse=True)
def _nothing_remembered():
    forget_tables()
    forget_results()


@pytest.fixture
def field(world, now) -> Field:
    """Builds sheets through the real actions of scoring."""
    return Field(world, now)


@pytest.fixture
def line():
    """line("A.1", points="5") → a line of the rules."""
    return columns


class Rounds:
    """Rounds laid directly into the tables, in the state that a test asks for."""

    def __init__(self, world, field, now):
        self.world, self.field, self.now = world, field, now
        self.sheets = {}

    def open(self, checks, units=3, lines=None, **values) -> CheckRound:
        """An open round in which the n-th unit is checked by the others named: {2: (1, 3)}; sheets of 22 points unless `lines`
        (by unit) say otherwise."""
        self.field.open(units=units)
        for number in range(1, units + 1):
            self.sheets[number] = self.field.submitted(number, {**FULL, **(lines or {}).get(number, {})})
        self.field.stage("cross_checking")
        usual = {"title": "Thẩm định chéo", "mode": "pairwise", "number": 1, "state": "open", "made_at": self.now}
        check = CheckRound.objects.create(year=self.field.year, **{**usual, **values})
        for number, checkers in checks.items():
            for checker in checkers:
                CheckTask.objects.create(round=check, unit=self.world.unit(number), checker=self.world.unit(checker))
        return self.fresh(check)

    def task(self, check, number, checker) -> CheckTask:
        """The task of the one unit to check the other."""
        return CheckTask.objects.get(round=check, unit=self.world.unit(number), checker=self.world.unit(checker))

    def put(self, check, **values) -> CheckRound:
        """The round with other values, say another state."""
        CheckRound.objects.filter(pk=check.pk).update(**values)
        return self.fresh(check)

    def fresh(self, check) -> CheckRound:
        """The round as it stands now."""
        return CheckRound.objects.select_related("year__cluster__superior_body", "year__head").get(pk=check.pk)


@pytest.fixture
def rounds(world, field, now) -> Rounds:
    """See Rounds."""
    return Rounds(world, field, now)
