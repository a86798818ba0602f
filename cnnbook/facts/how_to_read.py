"""Numbers of section 0, how to read this book."""

from cnnbook.facts import fact, facts


@fact("book-facts")
def _book_facts() -> int:
    return len(facts())
