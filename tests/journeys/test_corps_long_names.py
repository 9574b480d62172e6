"""Names as long as they may be, without a place to break them, in every list of the corps and of forecasts on a phone."""

import pytest

from tests.journeys.practice_year import days_ago
from tests.journeys.test_corps_bad_input import Desk
from thidua.forecasts.actions.digests import draft_digest
from thidua.forecasts.models import Digest, DigestState
from thidua.forecasts.tests.digesting import make_report
from thidua.kernel.actor import Role
from thidua.rapporteurs.actions import counts, rounds
from thidua.rapporteurs.actions.feedback import open_form
from thidua.rapporteurs.rules.counts import Line
from thidua.rapporteurs.rules.feedback import Closing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def long(letter: str, length: int = 200) -> str:
    """A word of so many letters."""
    return "Ng" + letter * (length - 2)


@pytest.fixture
def width() -> str:
    """Only on a phone: at a desk there is more room."""
    return "phone"


@pytest.fixture
def addresses(world) -> list[str]:
    """The pages on which the names stand."""
    desk = Desk(world)
    talk = desk.talk(0, name=long("a"), place=long("b"), title=long("c"))
    open_form(talk=talk, closes=Closing.DAY_AFTER, **desk.by)
    topic, member = talk.topics.get(), desk.member("collaborator", long("d"))
    value = rounds.RoundValue(long("e"), days_ago(9), days_ago(2), days_ago(1), ())
    head = {"actor": world.secretary(), "now": desk.now}
    asked = rounds.set_round(year=desk.year, rhythm="ad_hoc", value=value, **head)
    written = counts.Counts([Line(topic.pk, 40, 30, 20, 10)], 0)
    counts.send_counts(asked=asked, member=member, counts=written, **desk.by)
    for unit in (1, 3):
        make_report(asked, world.unit(unit), {topic: (40, 30, 20, 10)})
    digest = draft_digest(year=desk.year, rounds=[asked.pk], title=long("g"), words=long("h"), **head)
    Digest.objects.update(state=DigestState.ISSUED, issued_at=desk.now)
    question = desk.question("choices", (long("i"), long("k")), title=long("l", 300))
    pages = [
        "bao-cao-vien/", f"doi-ngu/{talk.speaker_id}/", f"doi-ngu/{member.pk}/", f"doi-ngu/{member.pk}/sua/",
        "chu-de/", f"chu-de/{topic.pk}/", "buoi/", f"buoi/{talk.pk}/", f"buoi/{talk.pk}/sua/", f"buoi/{talk.pk}/nguoi-du/",
        "phan-hoi/", f"phan-hoi/{talk.pk}/", "bao-phu/", "bao-phu/chua-noi/", "ky/", f"ky/{asked.pk}/", "ky/don-vi/don-vi-2/",
        f"ky/{asked.pk}/{member.pk}/", "danh-gia/", "danh-gia/?loai=cong-tac-vien", "danh-gia/don-vi/don-vi-2/",
        "du-bao/", f"du-bao/cau-hoi/{question.pk}/", f"du-bao/cau-hoi/{question.pk}/don-vi/don-vi-2/", "du-luan/",
        f"du-luan/{digest.pk}/",
    ]  # fmt: skip
    return [*(desk.address + page for page in pages), f"/y-kien/{talk.feedback.code}/", "/"]


def test_long_names_fit_a_phone(addresses, world, visit):
    officer = visit(world.person(Role.UNIT_OFFICER, world.unit(2)).username).sign_in("pw")
    for address in addresses:
        officer.open(address)
