"""What browsers may keep of a signed-in person's pages."""

from thidua.kernel.actor import Role


def test_pages_are_asked_for_anew_and_files_are_not_kept(world, sign_in):
    world.year()
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    assert client.get("/cum/cum-2/2021/")["Cache-Control"] == "private, no-cache"
    assert client.get("/cum/cum-2/2021/xlsx/")["Cache-Control"] == "private, no-store"


def test_signing_out_clears_what_the_browser_kept(world, sign_in):
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    answer = client.post("/tai-khoan/dang-xuat/")
    assert answer["Clear-Site-Data"] == '"cache"'


def test_a_reader_of_the_news_gets_none_of_this(client, db):
    answer = client.get("/tin-tuc/")
    assert "Clear-Site-Data" not in answer
    assert "private" not in answer.get("Cache-Control", "")
