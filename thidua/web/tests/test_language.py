"""Vietnamese first, English when chosen."""

import pytest


@pytest.mark.django_db
def test_the_browser_does_not_choose_the_language(client):
    answer = client.get("/tai-khoan/dang-nhap/", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "vi"
    assert '<html lang="vi">' in answer.content.decode()


@pytest.mark.django_db
def test_the_reader_chooses_and_a_cookie_remembers(client):
    client.post("/ngon-ngu/", {"language": "en", "next": "/tai-khoan/dang-nhap/"})
    assert '<html lang="en">' in client.get("/tai-khoan/dang-nhap/").content.decode()


@pytest.mark.django_db
def test_a_language_nobody_speaks_here_is_vietnamese(client):
    client.cookies["django_language"] = "xx"
    assert client.get("/tai-khoan/dang-nhap/")["Content-Language"] == "vi"
