"""Every fact can be computed and written; names are unique, and unknown ones refused."""

from fractions import Fraction

import pytest

from cnnbook import facts


@pytest.mark.parametrize("name", sorted(facts.facts()))
def test_can_be_written(name):
    text = facts.text(name)
    assert text
    assert "nan" not in text
    assert name == name.lower()
    assert " " not in name


def test_two_dice_by_hand():
    assert facts.value("two-dice-four") == Fraction(1 + 1 + 1, 6 * 6)
    assert facts.text("two-dice-four") == "1/12"


def test_unknown_name():
    with pytest.raises(KeyError, match="no fact is called 'no-such-fact'"):
        facts.value("no-such-fact")


def test_a_name_is_used_once():
    assert "two-dice-four" in facts.facts()
    with pytest.raises(ValueError, match="'two-dice-four' is taken"):
        facts.fact("two-dice-four")(lambda: 1)


def test_formats(monkeypatch):
    made = {
        "thousands": facts.Fact(lambda: 12345, ""),
        "share": facts.Fact(lambda: 0.125, ".1%"),
        "bare": facts.Fact(lambda: 0.125, ""),
    }
    monkeypatch.setattr(facts, "facts", lambda: made)
    facts.value.cache_clear()
    assert facts.text("thousands") == "12,345"
    assert facts.text("share") == "12.5%"
    with pytest.raises(ValueError, match=r"'bare' is the float 0\.125"):
        facts.text("bare")
    facts.value.cache_clear()
