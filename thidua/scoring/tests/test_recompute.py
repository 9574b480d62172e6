"""Standings are stored after every save, and computed anew in the background: the same, exactly."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from thidua.clusters.actions import agree_rules
from thidua.clusters.models import ClusterYear
from thidua.criteria.queries import forget_tables
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.scoring import actions
from thidua.scoring.actions.standings import keep_standings, store_places
from thidua.scoring.models import Recomputation, ScoreSheet, StoredStanding
from thidua.scoring.queries import forget_results, ranking
from thidua.scoring.queries.portions import places_of
from thidua.scoring.queries.recomputing import stored_of
from thidua.scoring.queries.standings import in_points
from thidua.scoring.tests.conftest import FULL

pytestmark = pytest.mark.django_db


def stored(year) -> dict[str, tuple[object, ...]]:
    """Unit → total, rank, tied."""
    kept = StoredStanding.objects.filter(year=year).select_related("unit")
    return {one.unit.name_vi: (in_points(one.total), one.rank, one.tied) for one in kept}


def shown(year) -> dict[str, tuple[object, ...]]:
    """The same as the ranking page says."""
    forget_results()
    return {row.unit.name_vi: (row.standing.total, row.rank, row.tied) for row in ranking(year).rows}


@pytest.fixture
def run_after_commit(django_capture_on_commit_callbacks):
    """with run_after_commit(): what is done on commit is done at the end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_save_stores_its_unit_and_a_verdict_the_ranks_of_all(checking, field, run_after_commit) -> None:
    sheets, appraiser = checking
    with run_after_commit():
        field.judge(sheets[1], appraiser, "A.1", reason="Chỉ có bốn đợt học tập", points="6")
    assert stored(field.year) == shown(field.year)
    names = [field.world.unit(number).name_vi for number in (1, 2, 3)]
    assert [stored(field.year)[name][1] for name in names] == [1, 3, 2]
    assert stored_of(field.year).current


def test_a_sheet_in_progress_has_points_and_no_rank(field, run_after_commit) -> None:
    field.open()
    with run_after_commit():
        field.sheet(1)
    name = field.world.unit(1).name_vi
    assert stored(field.year) == {name: (22, None, False)}
    assert not shown(field.year)


def test_a_unit_taken_out_of_the_ranking_is_stored_no_more(checking, field, now, run_after_commit) -> None:
    with run_after_commit():
        unit, secretary = field.world.unit(1), field.world.secretary()
        actions.withhold_unit(year=field.year, unit=unit, reason="Không gửi báo cáo năm", actor=secretary, now=now)
    assert stored(field.year) == shown(field.year)
    assert field.world.unit(1).name_vi not in stored(field.year)
    assert len(stored(field.year)) == 2


def test_a_sheet_just_opened_leaves_what_is_stored_right(field, now, run_after_commit) -> None:
    field.open()
    with run_after_commit():
        field.submitted(1)
    with run_after_commit():
        actions.open_sheet(year=field.year, unit=field.world.unit(2), actor=field.world.officer(2), now=now)
    assert stored_of(field.year).current
    assert stored(field.year)[field.world.unit(2).name_vi] == (0, None, False)


def test_another_tie_break_is_stored_too(checking, field, now, run_after_commit) -> None:
    keep_standings(field.year.pk, now)
    field.stage("preparing")
    with run_after_commit():
        agree_rules(year=field.year, tie_break=["A.1"], ranking_from="cross_checking", actor=field.world.secretary(), now=now)
    assert stored_of(field.stage("cross_checking")).current
    assert stored(field.year) == shown(field.year)


def test_the_same_state_is_stored_once(checking, field, now) -> None:
    assert keep_standings(field.year.pk, now) == 3
    first = StoredStanding.objects.values_list("computed_at", flat=True)[0]
    assert keep_standings(field.year.pk, now + timedelta(hours=1)) == 0
    assert StoredStanding.objects.values_list("computed_at", flat=True)[0] == first


@pytest.mark.parametrize("units", [1, 3])
def test_the_queries_of_a_save_do_not_grow_with_the_units(field, now, units, django_assert_num_queries) -> None:
    field.open()
    for number in range(1, units + 1):
        field.submitted(number)
    keep_standings(field.year.pk, now)
    sheet = ScoreSheet.objects.filter(year=field.year).first()
    ScoreSheet.objects.filter(pk=sheet.pk).update(stamp="another")
    with django_assert_num_queries(11):
        keep_standings(field.year.pk, now)


def test_a_run_stores_what_the_ranking_says_and_counts(checking, field, now) -> None:
    asked = actions.ask_recomputation(year=field.year, actor=field.world.secretary(), now=now)
    assert actions.run_recomputation(asked.pk, lambda: now) == 3
    assert stored(field.year) == shown(field.year)
    run = Recomputation.objects.get(pk=asked.pk)
    assert (run.years, run.done, run.cells, run.changed, run.problem) == (1, 1, 3 * len(FULL), 3, "")
    assert run.ended_at == now
    assert actions.run_recomputation(asked.pk, lambda: now) == 0, "what has run is not run again"
    again = actions.ask_recomputation(year=field.year, actor=field.world.superior(), now=now)
    assert actions.run_recomputation(again.pk, lambda: now) == 0, "nothing has changed"


def test_a_year_in_which_all_are_withheld_has_no_places(field, now) -> None:
    field.open()
    sheet = field.sheet(1)
    ScoreSheet.objects.filter(pk=sheet.pk).update(status="withheld", excluded_reason="Không gửi báo cáo")
    assert [one.places for one in places_of([field.year])] == [()]
    assert places_of([]) == []


def test_two_at_once_are_refused_until_the_first_is_given_up(checking, field, now) -> None:
    secretary = field.world.secretary()
    actions.ask_recomputation(year=field.year, actor=secretary, now=now)
    with pytest.raises(Refused, match=r"scoring\.recomputation_under_way"):
        actions.ask_recomputation(year=field.year, actor=secretary, now=now)
    assert actions.ask_recomputation(year=field.year, actor=secretary, now=now + timedelta(hours=2))


def test_a_year_written_meanwhile_keeps_what_that_write_stored(checking, field, now, run_after_commit) -> None:
    sheets, appraiser = checking
    found = places_of([field.year])
    with run_after_commit():
        field.judge(sheets[1], appraiser, "A.1", reason="Chỉ có bốn đợt học tập", points="6")
    assert store_places(found, now) == 0
    assert stored(field.year) == shown(field.year)


def test_what_fails_is_told_and_ends_the_run(checking, field, now) -> None:
    asked = actions.ask_recomputation(year=field.year, actor=field.world.secretary(), now=now)
    sheet = ScoreSheet.objects.filter(year=field.year).first()
    sheet.version.criteria.filter(code="A.1").update(parent_code="nowhere")
    forget_tables()
    with pytest.raises(Refused):
        actions.run_recomputation(asked.pk, lambda: now)
    run = Recomputation.objects.get(pk=asked.pk)
    assert run.ended_at == now
    assert "unknown_parent" in run.problem


def test_a_closed_year_is_left_alone(checking, field, now) -> None:
    field.stage("closed")
    with pytest.raises(Refused, match=r"clusters\.year_closed"):
        actions.ask_recomputation(year=field.year, actor=field.world.secretary(), now=now)
    asked = actions.ask_recomputation(year=None, actor=field.world.superior(), now=now)
    actions.run_recomputation(asked.pk, lambda: now)
    assert not StoredStanding.objects.exists()


@pytest.mark.parametrize("role", ["officer", "leader"])
def test_units_do_not_ask(checking, field, now, role) -> None:
    actor = getattr(field.world, role)(1)
    with pytest.raises(Forbidden):
        actions.ask_recomputation(year=field.year, actor=actor, now=now)
    with pytest.raises(Forbidden):
        actions.ask_recomputation(year=None, actor=actor, now=now)


def test_the_command_computes_one_year_or_all(checking, field, capsys) -> None:
    call_command("recompute", cluster="cum-2", year=2021)
    assert "1 năm thi đua" in capsys.readouterr().out
    assert stored(field.year) == shown(field.year)
    StoredStanding.objects.all().delete()
    call_command("recompute")
    assert stored(field.year) == shown(field.year)
    with pytest.raises(CommandError):
        call_command("recompute", cluster="cum-2")
    with pytest.raises(CommandError):
        call_command("recompute", cluster="cum-9", year=2021)
    ClusterYear.objects.filter(pk=field.year.pk).update(stage="closed")
    with pytest.raises(CommandError):
        call_command("recompute", cluster="cum-2", year=2021)


def test_the_page_shows_what_is_stored_and_takes_the_request(checking, field, now, sign_in) -> None:
    keep_standings(field.year.pk, now)
    address = reverse("scoring:recompute", args=["cum-2", 2021])
    client = sign_in(field.world.person(Role.HEAD_SECRETARY, field.world.unit(1)))
    assert "khớp với phiếu" in client.get(address).content.decode()
    sheet = ScoreSheet.objects.filter(year=field.year).first()
    ScoreSheet.objects.filter(pk=sheet.pk).update(stamp="another")
    assert "chưa khớp" in client.get(address).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "Đã ghi yêu cầu" in page
    assert "đang chờ" in page
    assert 'hx-trigger="every 2s"' in page
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="runs"')
    assert "đang chạy" in client.post(address, follow=True).content.decode(), "a second request is told of the first"


def test_an_empty_page_says_what_comes_first(field, sign_in) -> None:
    field.open()
    officer = field.world.person(Role.SUPERIOR_OFFICER, field.world.organisation("Ban Tuyen giao"))
    page = sign_in(officer).get(reverse("scoring:recompute", args=["cum-2", 2021]))
    assert "Chưa lưu điểm và hạng nào" in page.content.decode()


@pytest.mark.parametrize(("role", "own", "everything"), [
    (Role.HEAD_SECRETARY, 200, 403), (Role.SUPERIOR_OFFICER, 200, 200), (Role.OPERATOR, 404, 200),
    (Role.UNIT_LEADER, 403, 403), (Role.UNIT_OFFICER, 403, 403), (Role.AUDITOR, 403, 403),
])  # fmt: skip
def test_who_opens_the_pages(field, sign_in, role, own, everything) -> None:
    field.open()
    at = field.world.organisation("Ban Tuyen giao") if role is Role.SUPERIOR_OFFICER else field.world.unit(1)
    client = sign_in(field.world.person(role, at))
    assert client.get(reverse("scoring:recompute", args=["cum-2", 2021])).status_code == own
    assert client.get(reverse("scoring:recompute_all")).status_code == everything
    assert client.post(reverse("scoring:recompute_all")).status_code == (302 if everything == 200 else 403)
