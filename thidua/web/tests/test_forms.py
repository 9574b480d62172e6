"""Days and moments within the years of the house."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from thidua.web.forms import DayField, MomentField


@pytest.mark.parametrize("typed", ["01-01-1900", "1/1/1900", "1900-01-01"])
def test_the_first_day_as_people_type_it(typed):
    assert DayField().clean(typed) == date(1900, 1, 1)


def test_the_last_moment():
    assert MomentField().clean("31-12-2200 23:59").year == 2200


@pytest.mark.parametrize("day", ["01-01-0001", "31-12-1899", "01-01-2201", "31-12-9999"])
def test_what_is_outside_is_told_in_a_sentence(day):
    for field, typed in ((DayField(), day), (MomentField(), f"{day} 23:59"), (MomentField(), f"{day} 00:00")):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert refused.value.messages == ["Năm phải từ 1900 đến 2200. Hãy kiểm tra lại năm vừa nhập."]


def test_a_field_may_be_left_empty_when_it_says_so():
    assert DayField(required=False).clean("") is None
    assert MomentField(required=False).clean("") is None
