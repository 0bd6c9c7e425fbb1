"""The least that a sum of whole numbers can be: the one door to the solver."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_MOST_NODES = 2000
"""After how many steps a search is broken off. It counts steps, not seconds: the same plan gives the same site."""


@dataclass(frozen=True)
class Line:
    """That the columns, each taken so many times, add up to `low` at least and `high` at most; None is no such end."""

    times: Mapping[int, int]
    low: int | None
    high: int | None


def least(
    bounds: Sequence[tuple[int, int | None]], lines: Sequence[Line], goal: Mapping[int, int]
) -> tuple[int, ...] | None:
    """Whole numbers, one for each of `bounds`, that keep to bounds and lines and make the goal as small as can be.

    None where no numbers do. The goal has to be bounded from below. The result comes from HiGHS, a solver for
    mixed-integer programs, and is proven, unless the search is so long that it is broken off. Then it is the best found
    so far, which errs on the safe side: a reader is taken to know more than can be known.
    """
    # Loading the solver takes longer than checking a plan, and few plans have anything to work out.
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    solver.setOptionValue("mip_max_nodes", _MOST_NODES)
    none = highspy.kHighsInf
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(bounds), len(lines)
    program.col_cost_ = [float(goal.get(column, 0)) for column in range(len(bounds))]
    program.col_lower_ = [float(low) for low, _ in bounds]
    program.col_upper_ = [none if high is None else float(high) for _, high in bounds]
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(bounds)
    program.row_lower_ = [-none if line.low is None else float(line.low) for line in lines]
    program.row_upper_ = [none if line.high is None else float(line.high) for line in lines]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = [0, *itertools.accumulate(len(line.times) for line in lines)]
    program.a_matrix_.index_ = [column for line in lines for column in line.times]
    program.a_matrix_.value_ = [float(times) for line in lines for times in line.times.values()]
    solver.passModel(program)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return tuple(round(value) for value in solver.getSolution().col_value)
