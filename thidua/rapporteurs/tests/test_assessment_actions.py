"""Setting the rules and settling the grades: who may, what is refused, what is kept."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.rapporteurs.actions.assessment import Decided, set_assessment_rules, settle_grades
from thidua.rapporteurs.models import Assessment, AssessmentRules, Grade
from thidua.rapporteurs.queries.assessment import content_of, digest_of, reckon, rows_of, settled_rows
from thidua.rapporteurs.tests import assessing as made


def refused(code):
    """The block is refused with exactly this code."""
    return pytest.raises(Refused, match=f"^rapporteurs.{code}")


def digest(year, now, kind="rapporteur"):
    """The digest of what is shown now."""
    reckoned = reckon(year, kind, localdate(now))
    return digest_of(content_of(year, kind, reckoned.rules, rows_of(reckoned.entries)))


@pytest.fixture
def settle(world, now):
    """settle(year) → the grades of the rapporteurs settled as they are now."""

    def go(year, kind="rapporteur", reason="", decided=None, seen=None, actor=None):
        return settle_grades(
            year=year, kind=kind, seen=seen or digest(year, now, kind), reason=reason, decided=decided or {},
            actor=actor or world.superior(), now=now,
        )  # fmt: skip

    return go


@pytest.fixture
def spoken(world, now):
    """A running year with rules and three rapporteurs: 4, 4 and 1 talks of 50 listeners."""

    def go(**values):
        year = world.year(stage="running")
        made.rules(world, year, now, **values)
        members = [made.member(world.unit(number), f"Người {number}") for number in (1, 2, 3)]
        for member, talks in zip(members, (4, 4, 1), strict=True):
            for _talk in range(talks):
                made.talk(year, member)
        return year, members

    return go


def test_rules_are_set_and_changed_and_the_journal_tells_it(world, now):
    year = world.year()
    first = made.rules(world, year, now, confirmed=False)
    assert (first.revision, first.confirmed, first.decision) == (1, False, "15-QC/BTG")
    second = made.rules(world, year, now, decision=" 16-QC/BTG ")
    assert (second.pk, second.revision, second.confirmed, second.decision) == (first.pk, 2, True, "16-QC/BTG")
    assert second.content["measures"][0]["targets"] == dict.fromkeys(("central", "province", "district", "grassroots"), "4")
    facts = json.loads(JournalEntry.objects.filter(event="AssessmentRulesSet").latest("pk").facts)
    assert (facts["kind"], facts["confirmed"], facts["revision"]) == ("rapporteur", True, 2)


def test_only_the_superior_body_sets_rules_and_settles(world, now, spoken, settle):
    year, _members = spoken()
    values = {"year": year, "kind": "rapporteur", "scheme": made.scheme(("talks", 1, 1)), "decision": "QĐ", "revision": 1}
    for actor in (world.secretary(), world.leader(1), world.officer(2), world.actor(Role.AUDITOR, world.unit(2))):
        with pytest.raises(Forbidden):
            set_assessment_rules(**values, confirmed=False, actor=actor, now=now)
        with pytest.raises(Forbidden):
            settle(year, actor=actor)
    assert not Assessment.objects.exists()


def test_rules_need_their_paper_to_be_confirmed_and_the_newest_to_be_changed(world, now):
    year = world.year()
    with refused("decision_wanted"):
        made.rules(world, year, now, decision="  ")
    with refused("no_measure"):
        made.rules(world, year, now, asked=())
    made.rules(world, year, now)
    with refused("rules_changed"):
        set_assessment_rules(
            year=year, kind="rapporteur", scheme=made.scheme(("talks", 1, 1)), decision="", confirmed=False, revision=0,
            actor=world.superior(), now=now,
        )  # fmt: skip
    assert AssessmentRules.objects.get().revision == 1


def test_a_closed_year_takes_no_rules_and_no_grades(world, now, spoken, settle):
    year, _members = spoken()
    year.stage = "closed"
    year.save()
    with pytest.raises(Refused, match=r"^clusters.year_closed"):
        made.rules(world, year, now)
    with pytest.raises(Refused, match=r"^clusters.year_closed"):
        settle(year)


def test_settled_grades_keep_what_they_stand_on(world, now, spoken, settle):
    year, members = spoken()
    shown = digest(year, now)
    kept = settle(year)
    assert (kept.number, kept.digest, kept.decision, kept.reason) == (1, shown, "15-QC/BTG", "")
    assert kept.settled_by_name.startswith("superior_officer-")
    grades = {grade.member_id: grade for grade in Grade.objects.filter(assessment=kept)}
    assert [grades[each.pk].grade for each in members] == ["good", "good", "weak"]
    assert grades[members[2].pk].percent == Decimal("25.0000")
    assert [reason["code"] for reason in grades[members[2].pk].basis["reasons"]] == ["rapporteurs.why_grade"]
    made.talk(year, members[2], listeners=500)
    rows = settled_rows(year, kept)
    assert digest_of(content_of(year, "rapporteur", AssessmentRules.objects.get(), rows)) == kept.digest
    facts = json.loads(JournalEntry.objects.get(event="AssessmentSettled").facts)
    assert (facts["members"], facts["digest"]) == (3, kept.digest)


def test_it_is_settled_again_only_with_a_reason(spoken, settle):
    year, _members = spoken()
    settle(year)
    with refused("settle_reason"):
        settle(year, reason="sai số")
    second = settle(year, reason="Đơn vị 3 ghi bổ sung buổi tháng 9")
    assert (second.number, second.reason) == (2, "Đơn vị 3 ghi bổ sung buổi tháng 9")
    assert Assessment.objects.first() == second


def test_figures_that_changed_since_they_were_shown_are_not_settled(world, now, spoken, settle):
    year, members = spoken()
    shown = digest(year, now)
    made.talk(year, members[2])
    with refused("figures_changed"):
        settle(year, seen=shown)
    made.rules(world, year, now, confirmed=False)
    with refused("rules_not_confirmed"):
        settle(year)


def test_without_rules_or_without_members_there_is_nothing_to_settle(world, now, settle):
    year = world.year()
    with refused("rules_not_confirmed"):
        settle(year, seen="x")
    made.rules(world, year, now)
    with refused("nobody_to_assess"):
        settle(year)


def test_those_who_tie_are_decided_by_people_within_the_quota(spoken, settle, world, now):
    year, members = spoken(quota={"province": Decimal(30)})
    first, second, third = (each.pk for each in members)
    why = "Có sáng kiến được ban tuyên giáo nhân rộng"
    with refused("quota_exceeded"):
        settle(year, decided={first: Decided("good", why), second: Decided("good", why)})
    with refused("decided_without_reason"):
        settle(year, decided={first: Decided("good", "ngắn")})
    for wrong in ({third: Decided("fair", why)}, {first: Decided("review", why)}, {0: Decided("good", why)}):
        with refused("not_to_be_decided"):
            settle(year, decided=wrong)
    kept = settle(year, decided={first: Decided("good", why)})
    grades = dict(Grade.objects.filter(assessment=kept).values_list("member", "grade"))
    assert grades == {first: "good", second: "review", third: "weak"}
    reasons = Grade.objects.get(assessment=kept, member=first).basis["reasons"]
    assert [each["code"].removeprefix("rapporteurs.why_") for each in reasons] == ["grade", "tied", "decided"]
    assert reasons[-1]["facts"] == {"grade": "grade.good", "reason": why}


def test_figures_come_from_held_talks_agreed_topics_and_feedback_that_counts(world, now):
    year = world.year()
    speaker = made.member(world.unit(2))
    first, second = made.topic(year), made.topic(year, "Biển đảo", retired=True)
    proposed = made.topic(year, "Chưa duyệt", agreed=False, proposed_by=world.unit(2))
    held = made.talk(year, speaker, first, second, listeners=60)
    made.talk(year, speaker, first, proposed, listeners=40)
    made.talk(year, speaker, first, listeners=0)
    made.feedback(held, 40, 45)
    made.talk(world.year(2020), speaker, listeners=70, on=date(2020, 3, 1))
    (entry,) = reckon(year, "rapporteur", date(2021, 11, 1)).entries
    figures = entry.result.figures
    assert (figures.talks, figures.listeners, figures.topics, figures.agreed) == (2, 100, 2, 2)
    assert (figures.useful, figures.answers, figures.months) == (40, 45, 12)
    assert [reason.code for reason in entry.result.reasons] == ["rapporteurs.why_no_rules"]


def test_reports_never_sent_are_owed_and_late_while_those_not_due_yet_are_not(world, now):
    year = world.year()
    made.rules(world, year, now, kind="collaborator", asked=made.REPORTS)
    counting = made.member(world.unit(2), kind="collaborator")
    for month, late in ((3, 0), (4, 5), (5, None)):
        asked = made.asked_round(year, f"Tháng {month}", date(2021, month, 28))
        made.report(asked, counting, late=late or 0, sent=late is not None)
    made.asked_round(year, "Tháng 12", date(2021, 12, 28))
    (entry,) = reckon(year, "collaborator", localdate(now)).entries
    figures = entry.result.figures
    assert (figures.owed, figures.sent, figures.on_time) == (3, 2, 1)
    assert [line.actual for line in entry.result.lines] == [Decimal("66.6667"), Decimal("33.3333")]


def test_those_not_in_term_all_year_are_left_out_and_those_who_left_count_their_months(world, now):
    year = world.year()
    made.rules(world, year, now)
    made.member(world.unit(1), "Hết nhiệm kỳ", starts_on=date(2019, 1, 1), ends_on=date(2020, 12, 31))
    left = made.member(world.unit(1), "Thôi giữa năm")
    left.left_on = date(2021, 7, 1)
    left.save()
    guest = made.member(world.organisation("Ngoai cum"), "Người ngoài cụm")
    above = made.member(world.organisation("Ban Tuyen giao"), "Người của ban")
    entries = reckon(year, "rapporteur", localdate(now)).entries
    assert [(entry.member.name, entry.result.figures.months) for entry in entries] == [("Thôi giữa năm", 6), (above.name, 12)]
    made.talk(year, guest)
    assert len(reckon(year, "rapporteur", localdate(now)).entries) == 3


@pytest.mark.parametrize("number", [1, 3])
def test_reckoning_takes_the_same_queries_for_one_and_for_three(world, now, number, django_assert_num_queries):
    year = world.year()
    made.rules(world, year, now)
    made.rules(world, year, now, kind="collaborator", asked=made.REPORTS)
    for each in range(number):
        speaker = made.member(world.unit(2), f"Người {each}")
        counting = made.member(world.unit(2), f"Người {each}", kind="collaborator")
        made.feedback(made.talk(year, speaker, made.topic(year, f"Chủ đề {each}")), 40, 50)
        made.report(made.asked_round(year, f"Kỳ {each}", date(2021, 3 + each, 28)), counting)
    from thidua.clusters.queries import members

    members(year)
    with django_assert_num_queries(7):
        reckon(year, "rapporteur", localdate(now))
    with django_assert_num_queries(7):
        reckon(year, "collaborator", localdate(now))
