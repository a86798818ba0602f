"""Numbers of section 3.3: how small digits may become and what that saves, from ``benchmarks.why``."""

from functools import cache
from statistics import mean, stdev

from cnnbook.experiments.why import size_reader
from cnnbook.facts import fact, percent_with_spread
from cnnbook.results import results
from cnnbook.summary import Summary, summarize


@cache
def _cost(factor: int) -> Summary:
    side = 28 // factor
    return summarize(size_reader(side), (1, side, side))


def _register(factor: int) -> None:
    for how in ("mean", "first"):

        @fact(f"smaller-{how}-{factor}")
        def score(how: str = how) -> str:
            """The mean over the random starts, and the standard deviation."""
            runs = results("why")["smaller"][how][str(factor)]
            return percent_with_spread(mean(runs), stdev(runs), 1)

    @fact(f"smaller-macs-{factor}")
    def macs() -> int:
        return _cost(factor).totals["macs"]

    @fact(f"smaller-parameters-{factor}")
    def parameters() -> int:
        return _cost(factor).parameters


for _factor in (1, 2, 4, 7, 14):
    _register(_factor)


@fact("stripes-look-first", ".0%")
def _look_first() -> float:
    return mean(results("why")["stripes"]["look first"])


@fact("stripes-shrink-first", ".0%")
def _shrink_first() -> float:
    return mean(results("why")["stripes"]["shrink first"])
