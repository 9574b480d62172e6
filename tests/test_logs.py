"""What the log keeps of refused requests."""

import logging

from django.test import Client

from thidua.config.logs import NoListener
from thidua.rapporteurs.tests.asking import Hall, sheet


def test_a_listener_who_is_refused_leaves_no_line_in_the_log(world, now):
    address = f"/y-kien/{Hall(world, now).open().code}/"
    client = Client(enforce_csrf_checks=True)
    client.get(address)
    records = []
    handler = logging.Handler()
    handler.emit = records.append
    handler.addFilter(NoListener())
    logging.getLogger().addHandler(handler)
    try:
        assert client.post(address, sheet()).status_code == 403
        assert client.post("/tai-khoan/dang-nhap/", {}).status_code == 403
    finally:
        logging.getLogger().removeHandler(handler)
    assert {record.request.path for record in records} == {"/tai-khoan/dang-nhap/"}
