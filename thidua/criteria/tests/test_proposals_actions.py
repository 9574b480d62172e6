"""A dry run: kept beside the draft, taken in whole or not at all, never over a draft that was not looked at."""

import pytest

from thidua.criteria import actions, queries
from thidua.criteria.models import CriteriaVersion, DraftStep, TableProposal
from thidua.criteria.papers import Stamp
from thidua.criteria.rules import Problem
from thidua.criteria.rules.cells import digest
from thidua.criteria.tests.conftest import HEADER, SMALL
from thidua.kernel.errors import Absent, Forbidden, Refused

OTHER = [HEADER, ["T", "", "Tổng", "5", "points"]]
WRONG = [HEADER, ["T", "", "Tổng", "10", "points"], ["1", "T", "Nghị quyết", "6", "point"]]


@pytest.fixture
def propose(world, now):
    """propose(year, rows, …) as the head's secretary."""

    def go(year, rows=SMALL, **more):
        given = {"title": "Bảng nhập", "source_name": "bang.xlsx", "actor": world.secretary(), "now": now} | more
        return actions.propose_table(year=year, rows=rows, **given)

    return go


def stamp(version, **other):
    """The stamp of a file downloaded from this version."""
    year = version.year
    given = {"cluster": year.cluster.slug, "year": year.year, "number": version.number, "digest": version.digest}
    return Stamp(**given | other)


def test_a_proposal_leaves_the_draft_as_it_is(world, draft, propose):
    year = world.year()
    standing = draft(year)
    kept = propose(year, OTHER)
    assert queries.draft_version(year) == standing
    assert (kept.base, kept.title) == (standing.digest, "Bảng nhập")
    assert not DraftStep.objects.filter(told__contains="Bảng nhập").exists()


def test_what_was_shown_is_what_is_taken_in(world, now, propose):
    year = world.year()
    kept = propose(year)
    made = actions.accept_proposal(proposal=kept, actor=world.secretary(), now=now)
    assert made.digest == kept.digest == digest(queries.table_of(made).criteria)
    assert made.source_name == "bang.xlsx"
    assert not TableProposal.objects.exists()


def test_what_was_taken_in_can_be_undone(world, now, draft, propose):
    year = world.year()
    before = draft(year).digest
    actions.accept_proposal(proposal=propose(year, OTHER), actor=world.secretary(), now=now)
    newest = DraftStep.objects.filter(year=year).first()
    actions.undo_draft(year=year, step=newest.pk, actor=world.secretary(), now=now)
    assert queries.draft_version(year).digest == before


def test_a_second_yes_is_refused(world, now, propose):
    year = world.year()
    kept = propose(year)
    actions.accept_proposal(proposal=kept, actor=world.secretary(), now=now)
    kept.pk = kept.pk or 1
    with pytest.raises(Refused, match="proposal_gone"):
        actions.accept_proposal(proposal=kept, actor=world.secretary(), now=now)


def test_another_draft_meanwhile_is_not_overwritten(world, now, draft, propose):
    year = world.year()
    kept = propose(year)
    standing = draft(year, OTHER)
    with pytest.raises(Refused, match="draft_changed"):
        actions.accept_proposal(proposal=kept, actor=world.secretary(), now=now)
    assert queries.draft_version(year) == standing


def test_two_at_once_only_the_first_yes_counts(world, now, propose):
    year = world.year()
    mine, theirs = propose(year), propose(year, OTHER, actor=world.superior())
    actions.accept_proposal(proposal=mine, actor=world.secretary(), now=now)
    with pytest.raises(Refused, match="draft_changed"):
        actions.accept_proposal(proposal=theirs, actor=world.superior(), now=now)


def test_all_that_is_wrong_is_told_together_with_what_the_file_had(world, propose):
    found = [Problem("criteria.code_is_number", 2, "code", {"text": "1.1"})]
    with pytest.raises(Refused, match="table_has_problems") as refused:
        propose(world.year(), WRONG, found=found)
    assert [(p.row, p.code) for p in refused.value.facts["problems"]] == [
        (2, "criteria.code_is_number"),
        (3, "criteria.unknown_kind"),
    ]
    assert not TableProposal.objects.exists()


def test_a_file_with_a_code_stored_as_a_number_is_refused_though_the_rest_is_right(world, propose):
    with pytest.raises(Refused, match="table_has_problems"):
        propose(world.year(), SMALL, found=[Problem("criteria.code_is_number", 2, "code", {"text": "1.1"})])


def test_a_file_of_the_version_that_stands_here_is_fresh(world, propose, published):
    year = world.year()
    version = published(year)
    assert propose(year, OTHER, stamp=stamp(version)).pk


@pytest.mark.parametrize("other", [{"year": 2019}, {"cluster": "cum-9"}, {"digest": "0" * 64}])
def test_a_file_from_elsewhere_is_refused_and_says_both(world, propose, published, other):
    year = world.year()
    version = published(year)
    with pytest.raises(Refused, match="stale_template") as refused:
        propose(year, OTHER, stamp=stamp(version, **other))
    assert refused.value.facts["source"] != refused.value.facts["here"]
    assert "2021" in refused.value.facts["here"]
    assert propose(year, OTHER, stamp=stamp(version, **other), any_version=True).pk


def test_a_file_from_before_the_draft_is_stale(world, propose, published, draft):
    year = world.year()
    version = published(year)
    draft(year, OTHER)
    with pytest.raises(Refused, match="stale_template"):
        propose(year, stamp=stamp(version))


def test_an_empty_template_is_good_for_its_own_year_alone(world, propose):
    year = world.year()
    assert propose(year, stamp=Stamp("cum-2", 2021, 0)).pk
    with pytest.raises(Refused, match="stale_template"):
        propose(year, stamp=Stamp("cum-2", 2020, 0))


def test_only_who_may_import_proposes_accepts_and_drops(world, now, propose):
    year = world.year()
    with pytest.raises(Forbidden):
        propose(year, actor=world.officer(1))
    kept = propose(year)
    with pytest.raises(Forbidden):
        actions.accept_proposal(proposal=kept, actor=world.leader(2), now=now)
    with pytest.raises(Forbidden):
        actions.drop_proposal(proposal=kept, actor=world.leader(2))


def test_a_closed_year_takes_nothing(world, propose):
    with pytest.raises(Refused, match="year_closed"):
        propose(world.year(stage="closed"))


def test_dropping_leaves_nothing_behind(world, propose):
    kept = propose(world.year())
    pk = kept.pk
    actions.drop_proposal(proposal=kept, actor=world.secretary())
    kept.pk = pk
    with pytest.raises(Refused, match="proposal_gone"):
        actions.drop_proposal(proposal=kept, actor=world.secretary())


def test_a_new_dry_run_takes_the_place_of_the_last_one_of_the_same_person(world, propose):
    year = world.year()
    propose(year), propose(year, OTHER), propose(year, actor=world.superior())
    assert TableProposal.objects.count() == 2


@pytest.mark.parametrize("title", ["", "  "])
def test_a_table_has_a_name(world, propose, title):
    with pytest.raises(Refused, match="title_empty"):
        propose(world.year(), title=title)


def test_last_years_table_is_copied_under_this_years_name(world, now, published):
    last, year = world.year(2021), world.year(2022)
    version = published(last)
    CriteriaVersion.objects.filter(pk=version.pk).update(title="Bảng tiêu chí năm 2021")
    kept = actions.propose_copy(year=year, version_id=version.pk, actor=world.secretary(), now=now)
    assert kept.title == "Bảng tiêu chí năm 2022"
    assert kept.digest == version.digest


def test_units_that_are_no_members_here_are_left_out_of_a_copy(world, now, published):
    last, year = world.year(2021, units=3), world.year(2022, units=2)
    rows = [[*HEADER, "not_assigned"], ["T", "", "Tổng", "5", "points", "don-vi-2, don-vi-3"]]
    version = published(last, rows)
    kept = actions.propose_copy(year=year, version_id=version.pk, actor=world.secretary(), now=now)
    made = actions.accept_proposal(proposal=kept, actor=world.secretary(), now=now)
    assert queries.table_of(version).criteria[0].not_assigned == ("don-vi-2", "don-vi-3")
    assert queries.table_of(made).criteria[0].not_assigned == ("don-vi-2",)


def test_a_draft_or_a_table_of_the_same_year_is_not_to_be_copied(world, now, published, draft):
    last, year = world.year(2021), world.year(2022)
    for version in (draft(last), published(year)):
        with pytest.raises(Absent):
            actions.propose_copy(year=year, version_id=version.pk, actor=world.secretary(), now=now)


@pytest.mark.parametrize("example", queries.EXAMPLES, ids=lambda example: example.key)
def test_every_example_says_that_it_is_one(example):
    table = example.parsed.table
    assert table is not None
    words = " ".join([str(example.title), *(row.title + row.rule_text for row in table.criteria)])
    assert "minh hoạ" in words or all(row.source_url for row in table.criteria)
    assert example.is_real == all(row.source_url for row in table.criteria)


@pytest.mark.parametrize("example", queries.EXAMPLES, ids=lambda example: example.key)
def test_the_real_examples_are_those_of_the_demo(example):
    from thidua.criteria.queries.library import _FOLDER
    from thidua.criteria.tests.conftest import DATA

    ours, theirs = _FOLDER / f"{example.key}.csv", DATA / f"{example.key}.csv"
    assert not theirs.exists() or ours.read_bytes() == theirs.read_bytes()
    assert theirs.exists() or not example.is_real
