"""Filters that make HTML of what people typed."""

from thidua.web.templatetags.thidua import dashed


def test_lines_are_paragraphs_and_dashed_ones_a_list():
    assert dashed("Một:\r\n- a\r\n - b\n\nHai\n-không") == "<p>Một:</p><ul><li>a</li><li>b</li></ul><p>Hai</p><p>-không</p>"
    assert dashed("") == ""


def test_what_was_typed_is_never_markup():
    assert dashed("- <b>\n&amp;") == "<ul><li>&lt;b&gt;</li></ul><p>&amp;amp;</p>"
