"""Which conflicts of interest the records suggest."""

from thidua.scoring.rules.conflicts import Proposal, proposals


def test_units_that_share_a_person_are_proposed_once():
    assert proposals({2: [7, 8], 1: [8], 3: [9]}, {}, []) == [Proposal("same_person", 1, 2, 8)]


def test_units_under_one_parent_are_proposed():
    assert proposals({}, {1: 9, 2: 9, 3: 8, 4: None, 5: None}, []) == [Proposal("same_parent", 1, 2)]


def test_a_parent_of_all_tells_nobody_apart():
    assert proposals({}, {1: 9, 2: 9, 3: 9}, []) == []


def test_kin_of_one_unit_is_proposed_for_the_units_where_the_person_holds_a_post():
    assert proposals({1: [], 4: [7], 2: [7]}, {}, [(7, 3)]) == [
        Proposal("kinship", 2, 3, 7),
        Proposal("kinship", 3, 4, 7),
        Proposal("same_person", 2, 4, 7),
    ]


def test_a_post_at_the_unit_itself_is_a_wall_already():
    assert proposals({3: [7]}, {}, [(7, 3)]) == []
