"""Chinese words are found by pairs of characters, English ones by their stems."""

import pytest
from catalogues import DOCS, page_catalogue, translations
from search import BilingualSearch
from sphinx.search.en import SearchEnglish

SENTENCES = {
    "convolution": "两颗骰子的点数之和就是一次卷积，卷积核在输入上滑动。",
    "pooling": "最大池化取每个窗口里最大的数，步幅为 2。",
    "receptive": "感受野是一个单元能看到的输入区域；the receptive field of a unit.",
    "network": "卷积神经网络由卷积、池化和全连接层组成，ReLU 是激活函数。",
}


def found_on(pages: dict[str, str], query: str) -> set[str]:
    """Return the pages that hold every term of a query, as Sphinx's search in the browser does."""
    search = BilingualSearch({})

    def terms(text: str) -> set[str]:
        return {search.stem(word) for word in search.split(text)}

    return {name for name, text in pages.items() if terms(query) <= terms(text)}


def test_split_by_hand():
    assert BilingualSearch({}).split("卷积核 kernel_2，核") == ["卷积", "积核", "kernel_2", "核"]


def test_english_as_sphinx_does():
    text = "Sliding the kernels over two images"
    assert BilingualSearch({}).split(text) == SearchEnglish({}).split(text)
    assert BilingualSearch({}).stem("kernels") == SearchEnglish({}).stem("kernels")


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("卷积", {"convolution", "network"}),
        ("卷积核", {"convolution"}),
        ("神经网络", {"network"}),
        ("感受野", {"receptive"}),
        ("步幅", {"pooling"}),
        ("池化", {"pooling", "network"}),
        ("激活函数", {"network"}),
        ("骰子", {"convolution"}),
        ("fields", {"receptive"}),
        ("relu", {"network"}),
        ("猫狗", set()),
    ],
)
def test_finds(query, pages):
    assert found_on(SENTENCES, query) == pages


SECTIONS = {path.stem: path for path in sorted(DOCS.glob("ch*/[0-9]*.md"))}
QUERIES = [
    ("卷积核", "05_details"),
    ("感受野", "01_receptive_field"),
    ("receptive field", "01_receptive_field"),
]


@pytest.mark.parametrize(("query", "section"), QUERIES)
def test_finds_in_the_texts_of_the_book(query, section):
    texts = {}
    for name, path in SECTIONS.items():
        english = path.read_text(encoding="utf-8")
        chinese = translations(page_catalogue(path.relative_to(DOCS).with_suffix("").as_posix()))
        texts[name] = english if query.isascii() else " ".join(chinese.values())
    found = found_on(texts, query)
    assert section in found
    assert all(query.split()[0] in texts[name].lower() for name in found)
    assert len(found) < len(texts)  # a search that finds everything finds nothing
