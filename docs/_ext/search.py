"""Search that finds Chinese words: runs of Chinese characters are indexed by pairs, the rest as English."""

import re

from sphinx.search.en import SearchEnglish

_RUN = re.compile(r"[㐀-鿿]+|(?:(?![㐀-鿿])\w)+")


class BilingualSearch(SearchEnglish):
    """English words by their stems, Chinese ones by overlapping pairs of characters.

    A word of two or more characters is found wherever all its pairs stand on a page; no dictionary is needed,
    so new terms are found as well as old ones.
    """

    lang = "bilingual"
    js_splitter_code = r"""
var splitQuery = (query) =>
  (query.match(/[㐀-鿿]+|(?:(?![㐀-鿿])[\p{L}\p{N}_])+/gu) || []).flatMap((run) =>
    /^[㐀-鿿]{2,}$/.test(run)
      ? Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2))
      : [run]);
"""

    def split(self, input: str) -> list[str]:
        """Return the words and pairs of a text; the browser splits queries by the same rule."""
        words: list[str] = []
        for run in _RUN.findall(input):
            chinese = "㐀" <= run[0] <= "鿿" and len(run) > 1
            words += [run[i : i + 2] for i in range(len(run) - 1)] if chinese else [run]
        return words


def setup(app) -> dict[str, bool]:
    """Register the search language for both books."""
    app.add_search_language(BilingualSearch)
    app.config.html_search_language = "bilingual"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
