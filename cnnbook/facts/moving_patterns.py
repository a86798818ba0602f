"""Numbers of section 3.2: who still reads a digit that has moved, from the results of ``benchmarks.why``."""

from statistics import mean

from cnnbook.facts import fact
from cnnbook.results import results


def _register(name: str, experiment: str, kind: str, move: int | None = None) -> None:
    @fact(name)
    def scores() -> str:
        """The mean over the random starts, and the lowest and the highest."""
        runs = results("why")[experiment][kind]
        shares = runs if move is None else [run[move] for run in runs]
        return f"{mean(shares):.0%} ({min(shares):.0%} – {max(shares):.0%})"


for _kind in ("dense", "local", "flatten", "forget"):
    for _move in (0, 1, 8):
        _register(f"moved-{_kind}-{_move}", "moved", _kind, _move)
_register("moved-between", "moved_from_both_ends", "dense", 4)
_register("half-white-frame", "which_half", "white frame")
_register("half-black-frame", "which_half", "black frame")


@fact("half-forgotten", ".0%")
def _half_forgotten() -> float:
    return mean(results("why")["which_half"]["forget"])


@fact("half-kept", ".0%")
def _half_kept() -> float:
    return mean(results("why")["which_half"]["flatten"])
