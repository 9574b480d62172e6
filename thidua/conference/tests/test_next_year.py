"""What the conference adopts for the next year, in the minutes and on the page."""

from thidua.conference.queries.minutes import minutes_of
from thidua.kernel.actor import Role
from thidua.paperwork.rules import Paragraph
from thidua.programmes import actions
from thidua.programmes.queries.documents import content_of
from thidua.programmes.rules.content import digest
from thidua.programmes.rules.writing import Hands, Lists, Written


def _adopted(stand):
    draft = actions.draft_next_year(year=stand.year, **stand.by)
    goals = Lists(("Học tập và làm theo",), tasks=())
    draft = actions.edit_programme(
        programme=draft, written=Written("Chương trình"), lists=goals, revision=draft.revision, **stand.by
    )
    actions.adopt_programme(programme=draft, hands=Hands(3, 0, 1), digest=digest(content_of(draft)), **stand.by)


def _told(stand, held, sign_in):
    parts = minutes_of(held, with_ranking=True)
    written = [block.text for part in parts for block in part.drafted if isinstance(block, Paragraph)]
    reader = sign_in(stand.world.person(Role.UNIT_OFFICER, stand.world.unit(3)))
    return written, reader.get("/cum/cum-2/2021/hoi-nghi/").content.decode()


def test_minutes_and_page_tell_of_the_adopted_programme(stand, sign_in):
    held = stand.conference(present=4, started=True)
    written, page = _told(stand, held, sign_in)
    assert not [line for line in written if line.startswith("Thông qua chương trình")]
    assert "Thông qua chương trình" not in page
    assert "/cum/cum-2/2021/chuong-trinh/nam-sau/" in page
    _adopted(stand)
    written, page = _told(stand, held, sign_in)
    assert "Thông qua chương trình công tác năm 2022: 3/4 tán thành, 1 không có ý kiến." in written
    assert "Thông qua chương trình công tác năm 2022: 3/4 tán thành." in page
