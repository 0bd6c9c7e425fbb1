"""Whole numbers that keep to bounds and sums: the one door to the solver."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from highspy import Highs

MOST_NODES = 2000
"""After how many steps a search is broken off. It counts steps, not seconds: the same plan gives the same site."""


_WHOLE = 1e-6
"""How far from a whole number a result may be."""


@dataclass(frozen=True)
class Line:
    """That the columns, each taken so many times, add up to `low` at least and `high` at most; None is no such end."""

    times: Mapping[int, int]
    low: int | None
    high: int | None


class UnprovenError(Exception):
    """The search was broken off: there may be such numbers, or none."""


def numbers_that_fit(
    bounds: Sequence[tuple[int, int | None]], lines: Sequence[Line], most_nodes: int
) -> tuple[int, ...] | None:
    """Whole numbers, one for each of `bounds`, that keep to the bounds and the lines; None where none do.

    That none do is proven by HiGHS, a solver for mixed-integer programs, within so many steps of its search.

    Raises UnprovenError where it takes more.
    """
    # Most sums of counts have whole ends, so that fractions, which are far quicker to find, need not be ruled out.
    for whole in (False, True):
        solver = _solver(bounds, lines, whole, most_nodes)
        if _is_impossible(solver):
            return None
        values = _values(solver)
        if values is not None:
            return values
    raise UnprovenError


def lines_that_clash(bounds: Sequence[tuple[int, int | None]], lines: Sequence[Line]) -> frozenset[int] | None:
    """Some lines, by their places, that no numbers fit within the bounds; None where there are some, or fractions."""
    # The solver's own types leave out its proofs.
    solver: Any = _solver(bounds, lines, False, 0)
    if not _is_impossible(solver):
        return None
    # How often each line counts in a sum of lines that cannot be true.
    _, is_known, weights = solver.getDualRay()
    return frozenset(line for line, weight in enumerate(weights) if abs(weight) > _WHOLE) if is_known else None


def _solver(bounds: Sequence[tuple[int, int | None]], lines: Sequence[Line], whole: bool, most_nodes: int) -> Highs:
    """The solver after its search for numbers, or for whole numbers, that keep to bounds and lines."""
    # Loading the solver takes longer than checking a plan, and few plans have anything to work out.
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_max_nodes", most_nodes)
    none = highspy.kHighsInf
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(bounds), len(lines)
    program.col_cost_ = [0.0] * len(bounds)
    program.col_lower_ = [float(low) for low, _ in bounds]
    program.col_upper_ = [none if high is None else float(high) for _, high in bounds]
    program.row_lower_ = [-none if line.low is None else float(line.low) for line in lines]
    program.row_upper_ = [none if line.high is None else float(line.high) for line in lines]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = [0, *itertools.accumulate(len(line.times) for line in lines)]
    program.a_matrix_.index_ = [column for line in lines for column in line.times]
    program.a_matrix_.value_ = [float(times) for line in lines for times in line.times.values()]
    if whole:
        program.integrality_ = [highspy.HighsVarType.kInteger] * len(bounds)
    solver.passModel(program)
    solver.run()
    return solver


def _is_impossible(solver: Highs) -> bool:
    # Nothing is made as small as can be, so that nothing can be without an end either.
    status = solver.modelStatusToString(solver.getModelStatus())
    return status in ("Infeasible", "Primal infeasible or unbounded")


def _values(solver: Highs) -> tuple[int, ...] | None:
    """The whole numbers that were found; None where the search was broken off, or some of them are fractions."""
    solution = solver.getSolution()
    values = solution.col_value
    if not solution.value_valid or any(abs(value - round(value)) > _WHOLE for value in values):
        return None
    return tuple(round(value) for value in values)
