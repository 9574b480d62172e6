"""Pages of people: what they show, keep and refuse."""

import random

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import SYSTEM, Role
from thidua.people import actions
from thidua.people.models import Delegation, Organisation, Person, SignInCode
from thidua.people.queries import actor_of

GOOD = "mua-thu-hanoi-42"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def operator(world, sign_in):
    return sign_in(world.person(Role.OPERATOR, world.organisation("Van hanh")))


@pytest.fixture
def tree(db, now):
    """A body with two units below it."""
    make = {"actor": SYSTEM, "now": now}
    body = actions.enter_organisation(name_vi="Tỉnh ủy Thái Nguyên", kind="party_body", **make)
    for name in ("Đảng ủy Công an", "Bệnh viện A"):
        actions.enter_organisation(name_vi=name, kind="other", parent=body, **make)
    return body


def text(response) -> str:
    return response.content.decode()


# ---- the directory


def names_in(response) -> list[str]:
    return [branch.organisation.name_vi for branch in response.context["found"].branches]


def test_the_tree_stands_in_vietnamese_order(world, sign_in, tree):
    client = sign_in(world.person(Role.DELEGATE, tree))
    found = client.get(reverse("people:organisations"))
    assert names_in(found) == ["Tỉnh ủy Thái Nguyên", "Bệnh viện A", "Đảng ủy Công an"]
    assert [branch.depth for branch in found.context["found"].branches] == [1, 2, 2]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("đảng ủy", ["Đảng ủy Công an"]),
        ("DANG UY", ["Đảng ủy Công an"]),
        ("benh  vien", ["Bệnh viện A"]),
        ("ủy", ["Đảng ủy Công an", "Tỉnh ủy Thái Nguyên"]),
        ("không có", []),
        ("\0bệnh\x07 viện", ["Bệnh viện A"]),
    ],
)
def test_search_finds_with_and_without_marks(world, sign_in, tree, typed, names):
    client = sign_in(world.person(Role.DELEGATE, tree))
    assert names_in(client.get(reverse("people:organisations"), {"tim": typed})) == names


def test_what_bears_the_very_marks_comes_first(world, sign_in, tree, now):
    actions.enter_organisation(name_vi="Bệnh viên", kind="other", actor=SYSTEM, now=now)
    client = sign_in(world.person(Role.DELEGATE, tree))
    assert names_in(client.get(reverse("people:organisations"), {"tim": "bệnh viện"})) == ["Bệnh viện A", "Bệnh viên"]


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_asks_the_same_number_of_questions(world, sign_in, now, django_assert_num_queries, more):
    for number in range(more):
        actions.enter_organisation(name_vi=f"Đơn vị {number}", kind="other", actor=SYSTEM, now=now)
    client = sign_in(world.person(Role.DELEGATE, world.organisation("Khac")))
    client.get(reverse("people:organisations"))
    with django_assert_num_queries(5):
        client.get(reverse("people:organisations"))


def test_a_unit_shows_its_posts_its_people_and_its_former_names(world, sign_in, tree, now):
    post = actions.enter_post(organisation=tree, title_vi="Phó Bí thư", roles=["unit_leader"], actor=SYSTEM, now=now)
    person = actions.enter_person(username="pho-bi-thu", name="Người giữ chức", actor=SYSTEM, now=now)
    actions.give_post(person=person, post=post, starts_on=now.date(), actor=SYSTEM, now=now)
    values = {"organisation": tree, "name_vi": "Tỉnh ủy mới", "from_day": now.date(), "decision": "12-QĐ", "actor": SYSTEM}
    actions.rename_organisation(**values, now=now)
    page = text(sign_in(world.person(Role.DELEGATE, tree)).get(reverse("people:organisation", args=[tree.slug])))
    for word in ("Tỉnh ủy mới", "Tỉnh ủy Thái Nguyên", "12-QĐ", "Phó Bí thư", "Người giữ chức", "Lãnh đạo đơn vị", "Bệnh viện A"):
        assert word in page


def test_a_unit_that_is_not_there(world, sign_in):
    client = sign_in(world.person(Role.DELEGATE, world.organisation("Don vi 1")))
    assert client.get(reverse("people:organisation", args=["khong-co"])).status_code == 404


# ---- administration


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(operator):
    typed = {"name": "Thư ký", "username": "thư ký"}
    answer = operator.post(reverse("people:new_person"), typed)
    assert answer.status_code == 422
    assert "chỉ gồm chữ thường không dấu" in str(answer.context["form"].errors["username"])
    assert 'value="thư ký"' in text(answer)
    assert 'value="Thư ký"' in text(answer)


def test_from_nothing_to_someone_who_can_sign_in(operator, client, now):
    operator.post(reverse("people:new_organisation"), {"name_vi": "Đảng ủy Quân sự", "kind": "military"})
    unit = Organisation.objects.get(slug="dang-uy-quan-su")
    operator.post(reverse("people:new_organisation_below", args=[unit.slug]), {"name_vi": "Ban Tuyên huấn", "kind": "military"})
    assert Organisation.objects.get(name_vi="Ban Tuyên huấn").parent == unit
    operator.post(reverse("people:new_post", args=[unit.slug]), {"title_vi": "Chính ủy", "roles": ["unit_leader", "delegate"]})
    operator.post(reverse("people:new_person"), {"name": "Chính ủy", "username": "chinh-uy"})
    person, post = Person.objects.get(username="chinh-uy"), unit.posts.get()
    given = {"person": "Chinh-Uy", "starts_on": "2021-01-01"}
    answer = operator.post(reverse("people:give_post", args=[post.pk]), given)
    assert answer.headers["Location"] == reverse("people:managed_organisation", args=[unit.slug])
    assert actor_of(person, now).holds(Role.UNIT_LEADER)
    sheet = operator.post(reverse("people:print_code", args=[person.pk]))
    code = sheet.context["code"]
    assert code in text(sheet)
    assert "no-store" in sheet.headers["Cache-Control"]
    assert code not in text(operator.get(reverse("people:person", args=[person.pk])))


def test_a_post_is_given_only_to_an_account_that_is_there(operator, world):
    post = world.person(Role.UNIT_LEADER, world.organisation("Don vi 1")).tenures.get().post
    answer = operator.post(reverse("people:give_post", args=[post.pk]), {"person": "khong-co", "starts_on": "2021-01-01"})
    assert "Không có tài khoản đang mở nào tên “khong-co”" in str(answer.context["form"].errors["person"])


def test_leaving_a_post_keeps_what_was_typed_when_refused(operator, world):
    tenure = world.person(Role.UNIT_LEADER, world.organisation("Don vi 1")).tenures.get()
    address = reverse("people:end_tenure", args=[tenure.pk])
    answer = operator.post(address, {"ends_on": "2019-01-01"})
    assert (answer.status_code, "2019-01-01" in text(answer)) == (422, True)
    assert operator.post(address, {"ends_on": "2021-01-01"}).status_code == 302
    tenure.refresh_from_db()
    assert tenure.ends_on.isoformat() == "2021-01-01"


def test_a_unit_gets_another_name(operator, tree):
    address = reverse("people:rename", args=[tree.slug])
    assert "Tỉnh ủy Thái Nguyên" in text(operator.get(address))
    operator.post(address, {"name_vi": "Tỉnh ủy", "from_day": "2021-07-01", "decision": "1-QĐ"})
    assert Organisation.objects.get(pk=tree.pk).former_names.get().name_vi == "Tỉnh ủy Thái Nguyên"


def test_a_name_is_not_borne_from_the_first_day_of_the_calendar(operator, tree):
    typed = {"name_vi": "Tỉnh ủy", "from_day": "01-01-0001"}
    page = text(operator.post(reverse("people:rename", args=[tree.slug]), typed))
    assert "Năm phải từ 1900 đến 2200" in page
    assert 'value="01-01-0001"' in page


def test_a_closed_account_is_out_at_once(operator, world):
    person, elsewhere = world.person(Role.UNIT_LEADER, world.organisation("Don vi 1")), Client()
    elsewhere.post(reverse("account_login"), {"login": person.username, "password": "pw"})
    assert elsewhere.get(reverse("people:roles")).status_code == 200
    operator.post(reverse("people:suspend", args=[person.pk]))
    assert elsewhere.get(reverse("people:roles")).status_code == 302
    operator.post(reverse("people:reinstate", args=[person.pk]))
    assert elsewhere.get(reverse("people:roles")).status_code == 302
    elsewhere.post(reverse("account_login"), {"login": person.username, "password": "pw"})
    assert elsewhere.get(reverse("people:roles")).status_code == 200
    operator.post(reverse("people:revoke_sessions", args=[person.pk]))
    assert elsewhere.get(reverse("people:roles")).status_code == 302
    assert JournalEntry.objects.filter(event="SessionsRevoked").count() == 1


def test_one_cannot_close_oneself(operator, world):
    mine = world.person(Role.OPERATOR, world.organisation("Van hanh"))
    answer = operator.post(reverse("people:suspend", args=[mine.pk]))
    assert (answer.status_code, "Không thể tự khóa" in text(answer)) == (409, True)


@pytest.mark.parametrize("more", [1, 3])
def test_accounts_ask_the_same_number_of_questions(operator, world, django_assert_num_queries, more):
    for number in range(more):
        world.person(Role.UNIT_LEADER, world.organisation(f"Don vi {number}"))
    with django_assert_num_queries(7):
        operator.get(reverse("people:administration"))


def test_accounts_are_found_by_name_without_marks(operator, now):
    actions.enter_person(username="thu-ky", name="Thư ký cụm", actor=SYSTEM, now=now)
    found = operator.get(reverse("people:administration"), {"tim": "thu ky cum"}).context["page"].object_list
    assert [person.username for person in found] == ["thu-ky"]


# ---- lending


def test_a_power_is_lent_and_taken_back(world, sign_in):
    unit = world.organisation("Don vi 1")
    lender, borrower = world.person(Role.UNIT_LEADER, unit), world.person(Role.UNIT_OFFICER, unit)
    client, page = sign_in(lender), reverse("people:delegations")
    today = timezone.localdate()
    typed = {
        "post": lender.tenures.get().post_id,
        "borrower": borrower.username,
        "starts_on": today,
        "ends_on": today,
        "reason": "",
    }
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert f'value="{borrower.username}"' in text(answer)
    assert client.post(page, typed | {"reason": "Đi họp"}).status_code == 302
    lent = Delegation.objects.get()
    assert "đang hiệu lực" in text(client.get(page))
    assert f"của {lender.name}" in text(sign_in(borrower).get(page))
    assert client.post(reverse("people:take_back", args=[lent.pk])).status_code == 404  # now the borrower is asking
    sign_in(lender)
    client.post(reverse("people:take_back", args=[lent.pk]))
    assert "đã thu hồi" in text(client.get(page))


def test_another_ones_post_cannot_be_lent(world, sign_in):
    unit = world.organisation("Don vi 1")
    client, other = sign_in(world.person(Role.UNIT_OFFICER, unit)), world.person(Role.UNIT_LEADER, unit)
    typed = {"post": other.tenures.get().post_id, "borrower": other.username, "starts_on": "2030-01-01", "ends_on": "2030-01-02"}
    assert "post" in client.post(reverse("people:delegations"), typed | {"reason": "x"}).context["form"].errors
    assert not Delegation.objects.exists()


# ---- signing in


def test_a_name_is_locked_after_eight_wrong_passwords_however_it_is_written(client, world):
    person = world.person(Role.DELEGATE, world.organisation("X"), "dai-bieu")
    answers = [client.post(reverse("account_login"), {"login": name, "password": "sai"}) for name in ("dai-bieu", "DAI-BIEU") * 4]
    assert [answer.status_code for answer in answers] == [200] * 7 + [429]
    assert "Hãy đợi 15 phút" in text(answers[-1])
    assert client.post(reverse("account_login"), {"login": "dai-bieu", "password": "pw"}).status_code == 429
    other = world.person(Role.DELEGATE, world.organisation("Y"), "nguoi-khac")
    assert client.post(reverse("account_login"), {"login": other.username, "password": "pw"}).status_code == 302
    assert AccessAttempt.objects.filter(username=person.username).exists()


def test_a_one_time_code_ends_the_lock_out(client, world):
    person = world.person(Role.DELEGATE, world.organisation("X"), "dai-bieu")
    for _ in range(8):
        client.post(reverse("account_login"), {"login": "dai-bieu", "password": "sai"})
    code = actions.issue_sign_in_code(person=person, actor=SYSTEM, now=timezone.now(), rng=random.Random(3))
    typed = {"username": "dai-bieu", "code": code, "password": GOOD, "password_again": GOOD}
    assert client.post(reverse("people:activate"), typed).headers["Location"] == reverse("account_login")
    assert client.post(reverse("account_login"), {"login": "dai-bieu", "password": GOOD}).status_code == 302


def test_wrong_codes_are_counted_through_the_page(client, world):
    person = world.person(Role.DELEGATE, world.organisation("X"), "dai-bieu")
    code = actions.issue_sign_in_code(person=person, actor=SYSTEM, now=timezone.now(), rng=random.Random(3))
    typed = {"username": "dai-bieu", "code": "AAAA-AAAA-AAAA", "password": GOOD, "password_again": GOOD}
    for _ in range(10):
        answer = client.post(reverse("people:activate"), typed)
        assert answer.status_code == 422
    assert SignInCode.objects.get().tries == 10
    assert client.post(reverse("people:activate"), typed | {"code": code}).status_code == 422
    assert GOOD not in text(answer)  # a password is the one thing that is not shown again


def test_two_passwords_that_differ(client, db):
    typed = {"username": "x", "code": "y", "password": GOOD, "password_again": GOOD + "!"}
    answer = client.post(reverse("people:activate"), typed)
    assert "Hai lần nhập chưa giống nhau" in str(answer.context["form"].errors["password_again"])


def test_the_password_is_changed(client, world):
    person = world.person(Role.DELEGATE, world.organisation("X"), "dai-bieu")
    client.post(reverse("account_login"), {"login": "dai-bieu", "password": "pw"})
    address = reverse("account_change_password")
    wrong = client.post(address, {"oldpassword": "sai", "password1": GOOD, "password2": GOOD + "!"}).context["form"].errors
    assert str(wrong["oldpassword"][0]) == "Đây không phải mật khẩu hiện nay."
    assert str(wrong["password2"][0]) == "Hai lần nhập chưa giống nhau."
    assert client.post(address, {"oldpassword": "pw", "password1": GOOD, "password2": GOOD}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(GOOD)


def test_someone_elses_session_cannot_be_ended(world, client):
    other = Client()
    for found, name in ((client, "mot"), (other, "hai")):
        world.person(Role.DELEGATE, world.organisation(name), name)
        found.post(reverse("account_login"), {"login": name, "password": "pw"})
    theirs = UserSession.objects.get(user__username="hai")
    assert client.post(reverse("people:end_session", args=[theirs.pk])).status_code == 404
    assert other.get(reverse("people:roles")).status_code == 200


def test_the_first_operator_is_invited_from_the_shell(client, db, capsys):
    call_command("invite", "Admin", name="Quản trị viên", operator=True)
    code = capsys.readouterr().out.split("Mã dùng một lần: ")[1].split()[0]
    typed = {"username": "admin", "code": code, "password": GOOD, "password_again": GOOD}
    assert client.post(reverse("people:activate"), typed).status_code == 302
    client.post(reverse("account_login"), {"login": "admin", "password": GOOD})
    assert client.get(reverse("people:administration")).status_code == 200
    call_command("invite", "admin")
    assert Person.objects.count() == 1


def test_the_operator_chooses_among_open_accounts_by_name(operator, world, tree, now):
    post = actions.enter_post(organisation=tree, title_vi="Thư ký", roles=["delegate"], actor=SYSTEM, now=now)
    for username, name in (("hai", "Đỗ An"), ("ba", "Lê Bình"), ("bon", "Bùi Chi")):
        found = actions.enter_person(username=username, name=name, actor=SYSTEM, now=now)
    actions.suspend_person(person=found, actor=SYSTEM, now=now)
    page = text(operator.get(reverse("people:give_post", args=[post.pk])))
    assert '<option value="ba">Lê Bình</option>' in page
    assert "Bùi Chi" not in page
    assert 'list="people"' in page


def test_rules_for_a_password_are_a_list(client, world, sign_in):
    someone = sign_in(world.person(Role.DELEGATE, world.organisation("X")))
    for page in (client.get(reverse("people:activate")), someone.get(reverse("account_change_password"))):
        assert text(page).count('_helptext"><ul><li>') == 1


# ---- the second step


@pytest.mark.parametrize(("step", "status"), [(-2, 200), (-1, 302), (0, 302), (1, 302), (2, 200)])
def test_a_telephone_may_be_half_a_minute_off(client, world, monkeypatch, step, status):
    person = world.person(Role.DELEGATE, world.organisation("X"), "dai-bieu")
    person.set_password(GOOD)
    person.save()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    moment = totp.time.time()
    monkeypatch.setattr(totp.time, "time", lambda: moment)
    client.post(reverse("account_login"), {"login": "dai-bieu", "password": GOOD})
    second = text(client.get(reverse("mfa_authenticate")))
    assert "Mã xác thực" in second
    assert "Dùng khóa bảo mật" not in second  # this person has none
    code = totp.format_hotp_value(totp.hotp_value(secret, int(moment) // 30 + step))
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == status
