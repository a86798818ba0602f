"""The book is complete: every section of the contents is there, in both languages and with all its parts."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from cnnbook.check import exercises
from cnnbook.i18n import read_catalogue

DOCS = Path(__file__).parent.parent.parent / "docs"
SECTIONS = sorted(DOCS.glob("ch*/[0-9]*.md"))


class Section(NamedTuple):
    """A line of the contents: page, title in both languages, labs (their beginnings) and widgets it shows."""

    page: str
    english: str
    chinese: str
    shows: tuple[str, ...]


CONTENTS = {
    "0": Section(
        "ch00_reading/00_how_to_read", "How to read this book", "如何阅读本书", ("plot_02_what_needs",)
    ),
    "1.1": Section("ch01_introduction/01_first_glimpse", "A first glimpse", "初见 CNN", ("cnn-draw-digit",)),
    "1.2": Section(
        "ch01_introduction/02_two_networks", "Two classic networks", "两个经典网络", ("plot_21_to_one_scale",)
    ),
    "1.3": Section("ch01_introduction/03_since_lecun", "Since LeCun", "自 LeCun 以来", ("plot_31_larger",)),
    "2.1": Section(
        "ch02_convolution/01_what_is_convolution",
        "What is convolution?",
        "什么是卷积",
        ("plot_12_flip_and_slide", "plot_13_overlap", "plot_14_slices"),
    ),
    "2.2": Section(
        "ch02_convolution/02_discrete_examples",
        "Discrete examples",
        "离散卷积的例子",
        ("plot_21_two_dice", "plot_24_many_dice", "plot_26_scan", "cnn-dice"),
    ),
    "2.3": Section(
        "ch02_convolution/03_images",
        "On images",
        "用到二维图像上",
        ("plot_32_edges_have_a_sign", "plot_36_a_column", "cnn-conv-explorer"),
    ),
    "2.4": Section(
        "ch02_convolution/04_neural_layer",
        "As a neural layer",
        "用到神经网络中",
        ("plot_41_delete_and_tie", "plot_43_learn_sobel"),
    ),
    "2.5": Section(
        "ch02_convolution/05_details",
        "The details",
        "卷积的细节",
        ("plot_51_two_kernels", "plot_52_channels", "cnn-conv-explorer"),
    ),
    "2.6": Section(
        "ch02_convolution/06_pooling",
        "Pooling",
        "池化",
        ("plot_61_move", "plot_62_which", "plot_63_larger", "cnn-pool-shift"),
    ),
    "2.7": Section("ch02_convolution/07_flatten", "Flatten", "展平", ("plot_71_a_ticket",)),
    "2.8": Section(
        "ch02_convolution/08_fully_connected",
        "Convolution versus fully connected",
        "卷积与全连接",
        ("plot_81_three_ways", "plot_82_a_dense_layer", "cnn-parameters"),
    ),
    "2.9": Section("ch02_convolution/09_whole_cnn", "The whole CNN", "完整的 CNN", ("plot_91_a_network",)),
    "3.1": Section(
        "ch03_why/01_patterns_are_small", "Patterns are small", "图案很小", ("plot_11", "plot_12")
    ),
    "3.2": Section(
        "ch03_why/02_patterns_move", "Patterns move", "图案会挪位置", ("plot_21", "plot_22", "plot_23")
    ),
    "3.3": Section(
        "ch03_why/03_subsampling",
        "A smaller picture shows the same thing",
        "图缩小了，画的还是同样的东西",
        ("plot_31", "plot_32", "plot_33"),
    ),
    "4.1": Section(
        "ch04_receptive_field_and_prior/01_receptive_field",
        "Receptive field",
        "感受野",
        ("plot_13_at_the_border", "plot_14_the_middle", "cnn-receptive-field"),
    ),
    "4.2": Section(
        "ch04_receptive_field_and_prior/02_prior",
        "An infinitely strong prior",
        "无限强的先验",
        ("plot_22_a_prior", "plot_23_four_tasks"),
    ),
    "5.1": Section("ch05_pytorch/01_interfaces", "The interfaces", "相关接口", ("plot_11_every_argument",)),
    "5.2": Section(
        "ch05_pytorch/02_lenet",
        "LeNet in PyTorch",
        "用 PyTorch 实现 LeNet",
        ("plot_21_how_it_learns", "plot_22_what_it_confuses", "plot_23_digits"),
    ),
}
APPENDIX = ("glossary", "notation", "references", "errors", "benchmarks", "api/index")
WORDS = range(600, 1501)


def missing(docs: Path) -> list[str]:
    """Walk the contents, and return what is not there."""
    found = [f"{name}: no page" for name in APPENDIX if not (docs / f"{name}.md").is_file()]
    for number, section in CONTENTS.items():
        path = docs / f"{section.page}.md"
        if not path.is_file():
            found.append(f"{number}: no page")
            continue
        page = path.read_text(encoding="utf-8")
        found += [f"{number}: {flaw}" for flaw in flaws(page)]
        found += [f"{number}: does not show {name}" for name in section.shows if name not in shown(page)]
        if f"\n# {section.english}\n" not in page:
            found.append(f"{number}: has another title")
        catalogue = docs / "locale" / "zh_CN" / "LC_MESSAGES" / f"{section.page}.po"
        chinese = read_catalogue(catalogue) if catalogue.is_file() else {}
        if chinese.get(section.english) != section.chinese:
            found.append(f"{number}: no Chinese, or another title")
        if not list(path.parent.glob(f"gallery/plot_{path.stem[1]}*.py")):
            found.append(f"{number}: no lab")
        if words(page) not in WORDS:
            found.append(f"{number}: {words(page)} words")
    return found


def shown(page: str) -> str:
    """Return the labs whose figures a page shows, and the widgets that it places."""
    return " ".join(re.findall(r"^(?:```\{lab-figure\}|:widget:) (\S+)", page, flags=re.M))


def words(page: str) -> int:
    """Count what is read up to the exercises: no folded asides, no code, no mathematics, no sources."""
    page = page.split("\n## Exercises")[0].split("---\n", 2)[-1]
    for pattern, instead in [
        (r"^:::\{admonition\}[^\n]*\n:class: aside\n.*?^:::$", ""),
        (r"^```\{code-cell.*?^```|^(```|:::|:\w+:)[^\n]*$|\{cite\}`[^`]+`", ""),
        (r"\$\$.+?\$\$|\$[^$\n]+\$", " x "),
        (r"\]\([^)]*\)|<[\w/ -]+>`|\{[\w:-]+\}", " "),
    ]:
        page = re.sub(pattern, instead, page, flags=re.S | re.M)
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", page))


def part(page: str, heading: str) -> str:
    return re.split(r"^## ", page.partition(f"\n## {heading}\n")[2], flags=re.M)[0]


def flaws(page: str) -> list[str]:
    """Return what a section lacks of figures and of what it should end with."""
    headings = re.findall(r"^## (.+)$", page, flags=re.M)
    lines = re.findall(r"^- ", part(page, "What to remember"), flags=re.M)
    tasks = re.findall(r"^\*\*\d+\.\*\*", part(page, "Exercises"), flags=re.M)
    solutions = part(page, "Exercises").count(":class: solution")
    quiz = part(page, "Quiz")
    answers = re.findall(r":class: quiz\n:collapsible: closed\n(Right|Not quite): .{20,}", quiz)
    found = {
        "another order at the end": headings[-3:] != ["What to remember", "Exercises", "Quiz"],
        "not three lines to remember": len(lines) != 3,
        "not 3 to 5 exercises": len(tasks) not in range(3, 6),
        "an exercise without a solution": solutions != len(tasks),
        "a quiz answer without a reason": len(answers) != quiz.count(":class: quiz") or len(answers) < 5,
        "not two questions in the quiz": answers.count("Right") != 2,
        "no figure": "```{lab-figure}" not in page,
        "a figure that is no lab's": "```{figure}" in page or "![" in page,
    }
    return [flaw for flaw, is_so in found.items() if is_so]


def test_nothing_is_missing():
    assert missing(DOCS) == []


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_every_section_is_complete(path):
    assert flaws(path.read_text(encoding="utf-8")) == []


def test_there_are_enough_labs():
    assert len(list(DOCS.glob("ch*/gallery/plot_*.py"))) >= 28


PAGE = "ch02_convolution/06_pooling.md"
CHINESE = "locale/zh_CN/LC_MESSAGES/ch02_convolution/06_pooling.po"


@pytest.mark.parametrize(
    ("damaged", "old", "new", "complaint"),
    [
        (PAGE, None, None, "2.6: no page"),
        (CHINESE, None, None, "2.6: no Chinese, or another title"),
        ("errors.md", None, None, "errors: no page"),
        (CHINESE, 'msgstr "池化"', 'msgstr "汇聚"', "2.6: no Chinese, or another title"),
        (PAGE, "# Pooling\n", "# Pools\n", "2.6: has another title"),
        (PAGE, "```{lab-figure}", "```{figure}", "2.6: no figure"),
        (PAGE, ":widget: cnn-pool-shift\n", "", "2.6: does not show cnn-pool-shift"),
        (PAGE, "\n## What to remember", "\n## Remember", "2.6: another order at the end"),
        (PAGE, "\n- Pooling puts", "\nPooling puts", "2.6: not three lines to remember"),
        (PAGE, "**3.** The row", "The row", "2.6: not 3 to 5 exercises"),
        (PAGE, ":class: solution\n", "", "2.6: an exercise without a solution"),
        (PAGE, "Not quite: that would be invariance.", "Not quite.\n", "2.6: a quiz answer without a reason"),
        (PAGE, "\nRight: ", "\nNot quite: ", "2.6: not two questions in the quiz"),
        (PAGE, "## What pooling does give\n", "word " * 1500, "2.6: 2"),
    ],
)
def test_what_is_missing_is_noticed(tmp_path, damaged, old, new, complaint):
    docs = shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("_static", "_ext"))
    if old is None:
        (docs / damaged).unlink()
    else:
        page = (docs / damaged).read_text(encoding="utf-8")
        assert old in page
        (docs / damaged).write_text(page.replace(old, new), encoding="utf-8")
    assert any(flaw.startswith(complaint) for flaw in missing(docs))


def test_missing_labs_are_noticed(tmp_path):
    docs = shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("_static", "_ext"))
    for lab in docs.glob("ch02_convolution/gallery/plot_6*.py"):
        lab.unlink()
    assert missing(docs) == ["2.6: no lab"]


def test_words_by_hand():
    page = (
        "---\nkernelspec: x\n---\n\n# Two words\n\nA {newterm}`kernel <kernel>` is $a+b$, said {cite}`me`.\n"
    )
    aside = ":::{admonition} Not this\n:class: aside\n:collapsible: closed\nnor this\n:::\n\n"
    assert words(page + aside + "```{code-cell} ipython3\nnot this\n```\n\n## Exercises\n\nnor this") == 7


def asked(path):
    """Return the exercises of a page that ask for a function, by what `cnnbook check` calls them."""
    chapter, number = int(path.parent.name[2:4]), int(path.stem[:2])
    parts = re.split(r"^\*\*(\d+)\.\*\*", part(path.read_text(encoding="utf-8"), "Exercises"), flags=re.M)
    texts = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {f"{chapter}.{number}.{k}": text for k, text in texts.items() if "-m cnnbook check" in text}


def test_answers_can_be_tried_out():
    on_pages = {number: text for path in SECTIONS for number, text in asked(path).items()}
    assert list(on_pages) == list(exercises())
    for number, text in on_pages.items():
        assert f"`python -m cnnbook check {number} my_answer.py`" in text
        assert f"`{exercises()[number].solution.__name__}(" in text
