"""Writes of people: what is kept, announced and refused."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import SYSTEM, Actor, Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.people import actions
from thidua.people.models import Organisation, Person, SignInCode, Tenure
from thidua.people.queries import actor_of

TODAY = date(2021, 11, 1)
GOOD = "mua-thu-hanoi-42"


@pytest.fixture
def office(db, now):
    return actions.enter_organisation(name_vi="Văn phòng", kind="other", actor=SYSTEM, now=now)


@pytest.fixture
def operator(db, now):
    return actor_of(actions.set_up_operator(username="van-hanh", name="Vận hành", now=now), now)


@pytest.fixture
def leader(office, operator, now):
    person = actions.enter_person(username="lanh-dao", name="Lãnh đạo", actor=operator, now=now)
    post = actions.enter_post(organisation=office, title_vi="Lãnh đạo", roles=["unit_leader"], actor=operator, now=now)
    actions.give_post(person=person, post=post, starts_on=TODAY, actor=operator, now=now)
    return person


@pytest.fixture
def deputy(operator, now):
    return actions.enter_person(username="cap-pho", name="Cấp phó", actor=operator, now=now)


def refusal(action, **values) -> str:
    with pytest.raises(Refused) as caught:
        action(**values)
    return caught.value.code


def words():
    return list(JournalEntry.objects.values_list("event", flat=True))


# ---- organisations


def test_an_organisation_gets_an_address_from_its_name_and_a_number_when_it_is_taken(office, operator, now):
    make = actions.enter_organisation
    first = make(name_vi="  Đảng ủy   Công an ", kind="party_committee", parent=office, actor=operator, now=now)
    second = make(name_vi="Đảng ủy Công an", kind="party_committee", actor=operator, now=now)
    assert (first.name_vi, first.slug, second.slug) == ("Đảng ủy Công an", "dang-uy-cong-an", "dang-uy-cong-an-2")
    assert words()[-1] == "OrganisationEntered"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name_vi": "  …  "}, "people.name_empty"),
        ({"kind": "circus"}, "people.kind_unknown"),
        ({"name_vi": "Văn phòng"}, "people.organisation_exists"),
    ],
)
def test_an_organisation_is_refused(office, operator, now, values, code):
    given = {"name_vi": "Khác", "kind": "other", **values}
    assert refusal(actions.enter_organisation, **given, actor=operator, now=now) == code


def test_a_former_name_stays_in_the_history(office, operator, now):
    day = date(2021, 7, 1)
    renamed = actions.rename_organisation(
        organisation=office, name_vi="Văn phòng Tỉnh ủy", from_day=day, decision="12-QĐ/TU", actor=operator, now=now
    )
    former = renamed.former_names.get()
    assert (renamed.name_vi, renamed.slug) == ("Văn phòng Tỉnh ủy", "van-phong")
    assert (former.name_vi, former.until, former.decision) == ("Văn phòng", date(2021, 6, 30), "12-QĐ/TU")
    again = {"organisation": renamed, "from_day": day, "actor": operator, "now": now}
    assert refusal(actions.rename_organisation, name_vi="Văn phòng Tỉnh ủy", **again) == "people.same_name"
    assert refusal(actions.rename_organisation, name_vi="Khác", **again) == "people.rename_order"
    ahead = again | {"from_day": TODAY + timedelta(days=1)}
    assert refusal(actions.rename_organisation, name_vi="Khác", **ahead) == "people.rename_ahead"


# ---- accounts and codes


def test_only_an_operator_and_the_installation_manage(leader, now):
    acting = actor_of(leader, now)
    with pytest.raises(Forbidden):
        actions.enter_person(username="moi", name="Mới", actor=acting, now=now)
    with pytest.raises(Forbidden):
        actions.enter_person(username="moi", name="Mới", actor=Actor(None, "thidua"), now=now)  # like SYSTEM, but not it


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"username": "có dấu"}, "people.username_shape"),
        ({"username": "x"}, "people.username_shape"),
        ({"username": "Van-Hanh"}, "people.username_taken"),
        ({"name": "  "}, "people.person_name_empty"),
    ],
)
def test_an_account_is_refused(operator, now, values, code):
    given = {"username": "moi", "name": "Mới", **values}
    assert refusal(actions.enter_person, **given, actor=operator, now=now) == code


def test_a_code_opens_an_account_once(leader, operator, now):
    code = actions.issue_sign_in_code(person=leader, actor=operator, now=now, rng=random.Random(7))
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert not any(code in str(row) for row in SignInCode.objects.values())
    assert not any(code in facts for facts in JournalEntry.objects.values_list("facts", flat=True))
    typed = code.lower().replace("-", " ")
    opened = actions.activate(username="LANH-DAO", code=typed, password=GOOD, now=now + timedelta(days=1))
    assert opened.check_password(GOOD)
    assert opened.activated_at == now + timedelta(days=1)
    assert refusal(actions.activate, username="lanh-dao", code=code, password=GOOD, now=now) == "people.code_wrong"


def test_a_weak_password_is_refused_and_the_code_stays_good(leader, operator, now):
    code = actions.issue_sign_in_code(person=leader, actor=operator, now=now, rng=random.Random(7))
    for weak in ("12345678", "lanh-dao", "ab1"):
        assert refusal(actions.activate, username="lanh-dao", code=code, password=weak, now=now) == "people.password_weak"
    assert actions.activate(username="lanh-dao", code=code, password=GOOD, now=now) == leader


def test_the_answer_does_not_tell_which_names_exist(leader, deputy, operator, now):
    code = actions.issue_sign_in_code(person=leader, actor=operator, now=now, rng=random.Random(7))
    late = now + timedelta(days=14)
    tries = [("khong-co", code, now), ("cap-pho", code, now), ("lanh-dao", "AAAA-BBBB-CCCC", now), ("lanh-dao", code, late)]
    for username, typed, moment in tries:
        with pytest.raises(Refused) as caught:
            actions.activate(username=username, code=typed, password=GOOD, now=moment)
        assert (caught.value.code, caught.value.facts) == ("people.code_wrong", {"field": "code"})


@pytest.mark.django_db(transaction=True)
def test_wrong_tries_stay_counted_and_void_the_code(now):
    person = actions.set_up_operator(username="van-hanh", name="Vận hành", now=now)
    code = actions.issue_sign_in_code(person=person, actor=SYSTEM, now=now, rng=random.Random(7))
    wrong = {"username": "van-hanh", "code": "AAAA-AAAA-AAAA", "password": GOOD, "now": now}
    for number in range(1, 11):
        assert refusal(actions.activate, **wrong) == "people.code_wrong"
        assert SignInCode.objects.get().tries == number
    assert refusal(actions.activate, username="van-hanh", code=code, password=GOOD, now=now) == "people.code_wrong"
    fresh = actions.issue_sign_in_code(person=person, actor=SYSTEM, now=now, rng=random.Random(8))
    assert actions.activate(username="van-hanh", code=fresh, password=GOOD, now=now) == person


def test_a_fresh_code_voids_the_one_before(leader, operator, now):
    first = actions.issue_sign_in_code(person=leader, actor=operator, now=now, rng=random.Random(7))
    actions.issue_sign_in_code(person=leader, actor=operator, now=now, rng=random.Random(8))
    assert refusal(actions.activate, username="lanh-dao", code=first, password=GOOD, now=now) == "people.code_wrong"


def test_a_closed_account_gets_no_code_and_no_post(leader, operator, now):
    actions.suspend_person(person=leader, actor=operator, now=now)
    post = leader.tenures.get().post
    code = {"person": leader, "actor": operator, "now": now}
    assert refusal(actions.issue_sign_in_code, **code, rng=random.Random(7)) == "people.person_suspended"
    assert refusal(actions.give_post, **code, post=post, starts_on=TODAY) == "people.person_suspended"
    assert refusal(actions.suspend_person, **code) == "people.suspended_already"
    actions.reinstate_person(**code)
    assert Person.objects.get(pk=leader.pk).is_active
    assert refusal(actions.reinstate_person, **code) == "people.reinstated_already"
    assert words()[-2:] == ["PersonSuspended", "PersonReinstated"]


def test_someone_always_runs_the_installation(operator, now):
    person = Person.objects.get(pk=operator.person_id)
    tenure = person.tenures.get()
    assert refusal(actions.suspend_person, person=person, actor=operator, now=now) == "people.not_yourself"
    assert refusal(actions.suspend_person, person=person, actor=SYSTEM, now=now) == "people.last_operator"
    assert refusal(actions.end_tenure, tenure=tenure, ends_on=TODAY, actor=operator, now=now) == "people.last_operator"
    second = actions.set_up_operator(username="van-hanh-2", name="Hai", now=now)
    assert second.tenures.get().post == tenure.post
    actions.end_tenure(tenure=tenure, ends_on=TODAY, actor=operator, now=now)


def test_setting_up_twice_changes_nothing(operator, now):
    before = words()
    actions.set_up_operator(username="van-hanh", name="Vận hành", now=now)
    assert words() == before
    assert Organisation.objects.count() == 1


# ---- posts


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title_vi": " "}, "people.title_empty"),
        ({"title_vi": "Lãnh đạo"}, "people.post_exists"),
        ({"roles": []}, "people.roles_empty"),
        ({"roles": ["king"]}, "people.role_unknown"),
        ({"roles": ["operator", "editor"]}, "people.operator_alone"),
    ],
)
def test_a_post_is_refused(leader, office, operator, now, values, code):
    given = {"title_vi": "Khác", "roles": ["editor"], **values}
    assert refusal(actions.enter_post, organisation=office, **given, actor=operator, now=now) == code


def test_a_post_is_held_for_its_days(leader, operator, now):
    tenure = leader.tenures.get()
    assert actor_of(leader, now).organisations(Role.UNIT_LEADER)
    assert not actor_of(leader, now - timedelta(days=1)).holdings
    given = {"person": leader, "post": tenure.post, "actor": operator, "now": now}
    assert refusal(actions.give_post, starts_on=TODAY + timedelta(days=9), **given) == "people.held_already"
    before = date(2021, 10, 1)
    assert refusal(actions.give_post, starts_on=before, ends_on=before - timedelta(1), **given) == "people.ends_before_start"
    actions.end_tenure(tenure=tenure, ends_on=TODAY + timedelta(days=5), actor=operator, now=now)
    later = {"tenure": tenure, "actor": operator, "now": now}
    assert refusal(actions.end_tenure, ends_on=TODAY + timedelta(days=5), **later) == "people.ended_already"
    assert refusal(actions.end_tenure, ends_on=TODAY - timedelta(days=5), **later) == "people.ends_before_start"
    actions.give_post(starts_on=TODAY + timedelta(days=6), **given)
    assert Tenure.objects.filter(person=leader).count() == 2


# ---- lent powers


def lend(leader, deputy, now, **values):
    given = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=6), "reason": "Đi công tác", **values}
    post = given.pop("post", None) or leader.tenures.get().post
    acting = given.pop("actor", None) or actor_of(leader, now)
    return actions.lend_power(post=post, borrower=given.pop("borrower", deputy), **given, actor=acting, now=now)


def test_a_lent_power_works_for_its_days_and_leaves_both_names(leader, deputy, now):
    lend(leader, deputy, now, starts_on=TODAY + timedelta(days=1))
    assert not actor_of(deputy, now).holdings
    acting = actor_of(deputy, now + timedelta(days=1))
    assert [(h.post_title, h.lender_name) for h in acting.holdings] == [("Lãnh đạo", "Lãnh đạo")]
    assert not actor_of(deputy, now + timedelta(days=7)).holdings
    row = JournalEntry.objects.order_by("position").last()
    assert (row.event, row.person_name, row.post_title) == ("PowerLent", "Lãnh đạo", "Lãnh đạo, Văn phòng")


def test_what_is_lent_ends_with_the_post_of_the_lender(leader, deputy, operator, now):
    lend(leader, deputy, now)
    actions.end_tenure(tenure=leader.tenures.get(), ends_on=TODAY, actor=operator, now=now)
    assert actor_of(deputy, now).holdings
    assert not actor_of(deputy, now + timedelta(days=1)).holdings


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"starts_on": TODAY - timedelta(days=1)}, "people.lent_in_past"),
        ({"ends_on": TODAY - timedelta(days=1)}, "people.ends_before_start"),
        ({"ends_on": TODAY + timedelta(days=366)}, "people.lent_too_long"),
        ({"reason": " "}, "people.lent_reason"),
    ],
)
def test_lending_is_refused(leader, deputy, now, values, code):
    assert refusal(lend, leader=leader, deputy=deputy, now=now, **values) == code


def test_one_lends_only_what_one_holds_oneself(leader, deputy, operator, now):
    lend(leader, deputy, now)
    assert refusal(lend, leader=leader, deputy=deputy, now=now) == "people.lent_already"
    assert refusal(lend, leader=leader, deputy=leader, now=now) == "people.lent_to_oneself"
    for other in (actor_of(deputy, now), operator):
        with pytest.raises(Forbidden):
            lend(leader, Person.objects.get(pk=operator.person_id), now, actor=other)
    post = Tenure.objects.get(person=operator.person_id).post
    assert refusal(lend, leader=leader, deputy=deputy, now=now, post=post, actor=operator) == "people.not_lendable"


def test_the_lender_alone_takes_it_back(leader, deputy, operator, now):
    lent = lend(leader, deputy, now)
    for other in (actor_of(deputy, now), operator, Actor(None, "")):
        with pytest.raises(Absent):
            actions.take_back_power(delegation=lent, actor=other, now=now)
    mine = {"delegation": lent, "actor": actor_of(leader, now), "now": now}
    actions.take_back_power(**mine)
    assert not actor_of(deputy, now).holdings
    assert refusal(actions.take_back_power, **mine) == "people.taken_back_already"
    lend(leader, deputy, now)


def test_the_demo_can_build_accounts_in_the_past(db):
    now = datetime(2021, 1, 4, 1, 0, tzinfo=UTC)
    rng = random.Random(2021)
    person = actions.enter_person(username="thu-ky-cum", name="Thư ký cụm", actor=SYSTEM, now=now)
    code = actions.issue_sign_in_code(person=person, actor=SYSTEM, now=now, rng=rng)
    actions.activate(username="thu-ky-cum", code=code, password=GOOD, now=now)
    row = JournalEntry.objects.order_by("position").last()
    assert (row.event, row.at, row.person_name) == ("PersonActivated", now, "Thư ký cụm")
