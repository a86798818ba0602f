"""What section 0 claims."""

import graphlib
import re
from pathlib import Path

import numpy as np
import pytest
from catalogues import DOCS

from cnnbook.check.how_to_read import place
from cnnbook.facts import facts, value
from cnnbook.functional import conv2d

PAGE = (DOCS / "ch00_reading" / "00_how_to_read.md").read_text(encoding="utf-8")
MAP = (DOCS / "ch00_reading" / "gallery" / "plot_02_what_needs_what.py").read_text(encoding="utf-8")


def test_number_89():
    assert np.unravel_index(89, (2, 3, 5, 4)) == (1, 1, 2, 1)
    assert place((1, 1, 2, 1), (2, 3, 5, 4)) == 89 == 60 + 20 + 2 * 4 + 1
    assert divmod(89, 60) == (1, 29)
    assert divmod(29, 20) == (1, 9)
    assert divmod(9, 4) == (2, 1)


def test_the_last_letter_runs_fastest():
    assert place((0, 2, 4, 3), (2, 3, 5, 4)) + 1 == place((1, 0, 0, 0), (2, 3, 5, 4))
    assert place((0, 1, 0, 0), (10, 3, 32, 32)) == 1024
    assert 10 * 3 * 32 * 32 == 30_720


@pytest.mark.parametrize("index", list(np.ndindex(2, 3, 5, 4)))
def test_numpy_deals_in_the_same_order(index):
    assert place(index, (2, 3, 5, 4)) == np.ravel_multi_index(index, (2, 3, 5, 4))


def test_shape_of_a_layer():
    output = conv2d(np.zeros((8, 16, 20, 20), np.float32), np.zeros((32, 16, 3, 3), np.float32))
    assert output.shape[:2] == (8, 32)


def test_facts_are_counted():
    assert value("book-facts") == len(facts()) > 50


def map_of_needs():
    needs = re.search(r"^needs = (\{.*?^\})", MAP, flags=re.M | re.S)[1]
    return eval(needs)


def test_the_map_has_every_section():
    """A chapter of one subject, like chapter 3, is one box."""
    on_map = set(map_of_needs())
    for path in DOCS.glob("ch0[1-9]*/[0-9]*.md"):
        chapter, section = int(path.parent.name[2:4]), int(path.name[:2])
        assert {f"{chapter}.{section}", str(chapter)} & on_map, path


def test_no_circle_and_the_book_is_an_order():
    needs = map_of_needs()
    graphlib.TopologicalSorter(needs).prepare()
    assert all(list(needs).index(a) < list(needs).index(b) for b in needs for a in needs[b])


def test_five_sections_lead_to_receptive_fields():
    needs, found, way = map_of_needs(), ["4.1"], set()
    while found:
        way.add(found.pop())
        found += [name for last in way for name in needs[last] if name not in way]
    assert sorted(way) == ["2.1", "2.2", "2.3", "2.5", "4.1"]
    assert "2.1, 2.2, 2.3, 2.5, 4.1" in PAGE


def test_the_lab_of_the_command_exists():
    for path in re.findall(r"python (docs/\S+\.py)", PAGE):
        assert (Path(DOCS.parent) / path).is_file()
