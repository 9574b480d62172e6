"""A correction published while sheets are open: no two units are ranked by two tables."""

import pytest

from thidua.criteria.models import CriteriaVersion
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.scoring import actions
from thidua.scoring.models import ScoreLine, ScoreSheet
from thidua.scoring.queries import missing_carried, newer_version
from thidua.scoring.tests.conftest import FULL

CORRECTED = "Sửa điểm của mục A.1 theo biên bản họp cụm"


@pytest.fixture
def corrected(field, world, now):
    """Unit 2 has begun its sheet on version 1, then version 2 is published: A.2 is not assigned to unit 2."""
    field.open()
    sheet = field.sheet(2, FULL)
    first = CriteriaVersion.objects.get()
    rows = list(first.criteria.all())
    second = CriteriaVersion.objects.create(
        year=field.year, number=2, title="Bản 2", decision="Biên bản", reason=CORRECTED, imported_at=now, imported_by_name="x",
        published_at=now, published_by_name="Thư ký", digest="2" * 64,
    )  # fmt: skip
    for row in rows:
        row.pk, row.version = None, second
        row.not_assigned = ["don-vi-2"] if row.code == "A.2" else []
        row.save()
    return sheet


def test_a_sheet_goes_over_with_what_was_scored(field, world, now, corrected):
    year = field.year
    assert newer_version(corrected, year).number == 2
    assert [(each.code, each.facts["old"], each.facts["new"]) for each in missing_carried(year)] == [
        ("scoring.sheet_old_version", 1, 2)
    ]
    kept = ScoreLine.objects.filter(sheet=corrected).count()
    actions.carry_sheet(sheet=corrected, actor=world.officer(2), now=now)
    sheet = ScoreSheet.objects.get(pk=corrected.pk)
    assert (sheet.version.number, missing_carried(year), newer_version(sheet, year)) == (2, [], None)
    assert ScoreLine.objects.filter(sheet=sheet).count() >= kept
    with pytest.raises(Refused) as caught:
        actions.carry_sheet(sheet=sheet, actor=world.officer(2), now=now)
    assert caught.value.code == "scoring.version_in_force"


def test_only_the_unit_carries_its_open_sheet(world, now, corrected):
    for actor in (world.officer(3), world.secretary()):
        with pytest.raises(Forbidden):
            actions.carry_sheet(sheet=corrected, actor=actor, now=now)
    ScoreSheet.objects.update(status="submitted", submitted_at=now)
    with pytest.raises(Refused) as caught:
        actions.carry_sheet(sheet=corrected, actor=world.officer(2), now=now)
    assert caught.value.code == "scoring.already_submitted"


def test_the_page_offers_it(sign_in, world, now, corrected):
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    page = "/cum/cum-2/2021/tu-cham/don-vi-2/"
    assert "bản đang áp dụng là bản 2" in client.get(page).content.decode()
    assert client.post(page + "chuyen-ban/").status_code == 302
    assert "bản đang áp dụng là bản 2" not in client.get(page).content.decode()
