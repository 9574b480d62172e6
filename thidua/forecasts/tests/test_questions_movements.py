"""How forecasts moved, as places of lines."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from thidua.forecasts.rules.movements import HEIGHT, WIDTH, Move, middle, middles, picture

START = datetime(2021, 11, 1, tzinfo=UTC)


def move(day, who, *values):
    return Move(START + timedelta(days=day), who, tuple(map(Decimal, values)))


def drawn(moves, *, choices=("Có", "Không"), own=None):
    end = START + timedelta(days=10)
    return picture(
        moves, starts_at=START, ends_at=end, own=own or {}, choices=choices, median_name="Trung vị", write=str,
        write_day=lambda at, hour: f"{at:%H:%M %d-%m}" if hour else f"{at:%d-%m}",
    )  # fmt: skip


def test_the_middle():
    assert middle([], is_chance=True) == ()
    rows = [(Decimal("0.2"), Decimal("0.8")), (Decimal("0.9"), Decimal("0.1")), (Decimal("0.3"), Decimal("0.7"))]
    assert middle(rows, is_chance=True) == (Decimal("0.3"), Decimal("0.7"))
    assert middle([(Decimal(1), Decimal(5)), (Decimal(2), Decimal(9))], is_chance=False) == (Decimal("1.5"), Decimal(7))


def test_a_new_opinion_takes_the_place_of_the_old():
    found = middles([move(0, "a", "0.2", "0.8"), move(1, "b", "0.8", "0.2"), move(2, "a", "0.4", "0.6")])
    assert [one.values[0] for one in found] == [Decimal("0.2"), Decimal("0.5"), Decimal("0.6")]


def test_two_choices_show_everyone_and_the_reader_in_colour():
    found = drawn([move(1, "a", "0.2", "0.8"), move(2, "b", "0.6", "0.4")], choices=("Có", "Không"), own={"b": "Đơn vị B"})
    assert [(line.number, line.name) for line in found.lines] == [(0, ""), (2, "Đơn vị B"), (1, "Trung vị")]
    assert [tick.label for tick in found.x_ticks] == ["01-11", "06-11", "11-11"]
    assert found.lines[0].path.split() == ["106,182", "610,182"]


def test_forecasts_of_one_late_day_are_not_crowded_at_the_edge():
    found = drawn([move(9.5, "a", "0.2", "0.8"), move(9.6, "b", "0.6", "0.4")])
    assert [tick.label for tick in found.x_ticks] == ["11:00 10-11", "00:00 11-11"]
    first, second = (int(line.path.split(",")[0]) for line in found.lines[:2])
    assert first < WIDTH / 5
    assert second - first > 80
    assert drawn([move(10, "a", "0.2", "0.8")]).lines[0].path.split() == ["106,182", "610,182"]


def test_ten_choices_show_the_six_that_ended_highest():
    chances = ["0.05"] * 8 + ["0.2", "0.4"]
    found = drawn([move(1, "a", *chances)], choices=[f"k{n}" for n in range(10)])
    assert [line.name for line in found.lines] == ["k9", "k8", "k0", "k1", "k2", "k3"]


def test_nothing_to_draw():
    assert drawn([]) is None


@given(st.lists(st.tuples(st.integers(-5, 20), st.integers(0, 3), st.integers(0, 1000)), min_size=1))
def test_every_line_stays_in_the_box(rows):
    moves = [move(day, who, Decimal(chance) / 1000, 1 - Decimal(chance) / 1000) for day, who, chance in sorted(rows)]
    found = drawn(moves, own={0: "Đơn vị tôi"})
    for line in found.lines:
        for point in line.path.split():
            x, y = map(int, point.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT
