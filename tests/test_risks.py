"""The risks: scores, bands, changes, reviews left out and dates passed, each worked out by hand."""

from __future__ import annotations

import datetime as dt
import shutil
from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.publishing.build import build_site
from safety_plan.publishing.pages.risks import moved
from safety_plan.reading.folder import read_folder
from safety_plan.reading.schema.categories import Band, Categories
from safety_plan.reading.schema.risks import Rating
from safety_plan.results.results import Results, compute
from safety_plan.results.risks import bands_of, matrix, score_of
from tests.support import ROOT, BuiltPage, BuiltSite, change

SMALL = ROOT / "tests" / "plans" / "small"
AS_OF = dt.date(2026, 11, 22)

REVIEWS = (
    "      - {quarter: 2026-Q2, likelihood: 3, consequence: 4, note: The brakes were new.}\n"
    "      - {quarter: 2026-Q3, likelihood: 3, consequence: 4, note: No change since spring.}\n"
)
"""The reviews of the one risk in the small plan."""

SECOND = """  - id: {id}
    title: {id}
    kind: {kind}
    group: Organizational
    subtype: Insufficient training
    area: Training
    cause: A cause.
    effect: An effect.
    mitigation: A mitigation.
    treatment: {{option: reduce, what: Do more., by: {by}}}
    owner: fire-chief
    before_controls: {{likelihood: 5, consequence: 5}}
    after_treatment: {{likelihood: 1, consequence: 1}}
    history:
{history}
    review_by: {review_by}
"""


def small(folder: Path, reviews: str = REVIEWS, *more: str) -> Plan:
    """The small plan with these reviews of its risk, and with more risks."""
    shutil.copytree(SMALL / "data", folder / "data")
    file = folder / "data" / "risks.yml"
    change(file, REVIEWS, reviews)
    file.write_text(file.read_text(encoding="utf-8") + "".join(more), encoding="utf-8")
    records, problems = read_folder(folder / "data", folder)
    return build_plan(records, (), problems)


def history(*ratings: tuple[str, int, int]) -> str:
    """Reviews as they stand in the file: quarter, likelihood, consequence."""
    return "\n".join(
        f"      - {{quarter: {quarter}, likelihood: {likelihood}, consequence: {consequence}, note: A note.}}"
        for quarter, likelihood, consequence in ratings
    )


def second(
    *ratings: tuple[str, int, int], kind: str = "threat", review_by: str = "2027-01-20", by: str = "2027-06-30"
) -> str:
    """A second risk."""
    return SECOND.format(id="a-second", kind=kind, history=history(*ratings), review_by=review_by, by=by)


def words(results: Results, id: str) -> str:
    return moved(results.risks[id].change).words


def page(plan: Plan, results: Results, address: str) -> BuiltPage:
    site = build_site(plan, results, results.as_of)
    html = next(one.html for one in site.pages if one.address == address)
    return BuiltPage(address, f"<body><article>{html}</article></body>")


def test_scores_are_likelihood_times_consequence_before_now_and_after(tmp_path: Path) -> None:
    found = compute(small(tmp_path), AS_OF).risks["engine-breaks-down"]

    # tests/plans/small/data/risks.yml: 4 x 4, newest review 3 x 4, 2 x 4; the common bands end at 4, 9, 14 and 25.
    assert (found.before.points, found.before.band) == (16, "Very high")
    assert (found.now.points, found.now.band) == (12, "High")
    assert (found.after.points, found.after.band) == (8, "Moderate")


# The bands of data/categories.yml, by hand: up to 4, up to 9, up to 14, up to 25.
@pytest.mark.parametrize(
    ("likelihood", "consequence", "band"),
    [
        (1, 1, "Low"),
        (2, 2, "Low"),
        (1, 5, "Moderate"),
        (3, 3, "Moderate"),
        (2, 5, "High"),
        (3, 4, "High"),
        (3, 5, "Very high"),
        (5, 5, "Very high"),
    ],
)
def test_a_score_falls_in_the_band_that_holds_it(likelihood: int, consequence: int, band: str) -> None:
    rating = Rating(likelihood=likelihood, consequence=consequence)

    assert score_of(rating, Categories().risk_bands).band == band


@settings(deadline=None, derandomize=True)
@given(st.sets(st.integers(1, 24), max_size=6))
def test_every_score_has_just_one_band_whatever_the_bands_are(ends: set[int]) -> None:
    bands = [Band(name=f"up to {end}", up_to=end) for end in sorted({*ends, 25})]
    ranges = bands_of(bands)

    assert [points for one in ranges for points in range(one.low, one.high + 1)] == [*range(1, 26)]
    for likelihood, consequence in product(range(1, 6), repeat=2):
        score = score_of(Rating(likelihood=likelihood, consequence=consequence), bands)
        assert [one.name for one in ranges if one.low <= likelihood * consequence <= one.high] == [score.band]


def test_a_score_of_a_quarter_ago_is_compared_without_naming_it(tmp_path: Path) -> None:
    ratings = history(("2026-Q2", 4, 4), ("2026-Q3", 3, 4)) + "\n"

    assert words(compute(small(tmp_path, ratings), AS_OF), "engine-breaks-down") == "down from 16"


def test_where_a_quarter_was_left_out_the_one_compared_with_is_named(tmp_path: Path) -> None:
    ratings = history(("2026-Q1", 3, 3), ("2026-Q3", 3, 4)) + "\n"

    assert words(compute(small(tmp_path, ratings), AS_OF), "engine-breaks-down") == "up from 9 since 2026 Q1"


def test_quarters_follow_each_other_over_the_new_year(tmp_path: Path) -> None:
    ratings = history(("2025-Q4", 3, 4), ("2026-Q1", 3, 4)) + "\n"

    # The next quarter's review is due by the end of September 2026.
    plan = small(tmp_path, ratings)

    assert words(compute(plan, dt.date(2026, 9, 30)), "engine-breaks-down") == "unchanged"


def test_a_first_rating_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    ratings = history(("2026-Q3", 3, 4)) + "\n"

    assert words(compute(small(tmp_path, ratings), AS_OF), "engine-breaks-down") == "first rating"


def test_a_risk_that_the_newest_review_left_out_is_flagged_wherever_it_stands(tmp_path: Path) -> None:
    plan = small(tmp_path, REVIEWS, second(("2026-Q1", 2, 2), ("2026-Q2", 5, 5)))
    results = compute(plan, AS_OF)

    # The first risk was rated for 2026-Q3, the second one only up to 2026-Q2: its rise from 4 to 25 is old news.
    assert [results.risks[id].reviewed for id in ("engine-breaks-down", "a-second")] == [True, False]
    assert words(results, "a-second") == "not rated"
    register = page(plan, results, "risks/")
    assert "Not reviewed for July to September 2026: a-second." in register.words("//*[@id='not-reviewed']")
    assert "not reviewed for July to September 2026" in register.words("//tr[@id='register-a-second']")
    assert "not reviewed" not in register.words("//tr[@id='register-engine-breaks-down']")
    own = page(plan, results, "risks/a-second/").words("//*[@id='not-reviewed']")
    assert own == "It was not reviewed for July to September 2026. The last rating is of April to June 2026."
    role = page(plan, results, "people/fire-chief/").words("//h3[@id='answers-risks']/following-sibling::ul[1]/li[2]")
    assert "not reviewed for July to September 2026; next review by January 20, 2027" in role


def test_a_score_cannot_move_without_a_review(tmp_path: Path) -> None:
    before = compute(small(tmp_path / "before"), AS_OF).risks["engine-breaks-down"]
    plan = tmp_path / "after"
    shutil.copytree(SMALL / "data", plan / "data")
    change(plan / "data" / "risks.yml", "before_controls: {likelihood: 4", "before_controls: {likelihood: 5")
    change(plan / "data" / "risks.yml", "after_treatment: {likelihood: 2", "after_treatment: {likelihood: 1")
    records, problems = read_folder(plan / "data", plan)
    after = compute(build_plan(records, (), problems), AS_OF).risks["engine-breaks-down"]

    assert (after.before.points, after.after.points) == (20, 4)
    assert (after.now, after.change, after.history) == (before.now, before.change, before.history)


@pytest.mark.parametrize(
    ("review_by", "late"), [("2026-11-21", 1), ("2026-11-22", 0), ("2026-11-23", 0), ("2026-10-21", 32)]
)
def test_a_review_is_late_from_the_day_after_it_was_due(tmp_path: Path, review_by: str, late: int) -> None:
    # as_of is 2026-11-22; from October 21 to November 22 there are 10 + 22 = 32 days.
    plan = small(tmp_path, REVIEWS, second(("2026-Q3", 2, 2), review_by=review_by))

    assert compute(plan, AS_OF).risks["a-second"].days_late == late


def test_work_on_a_risk_that_is_past_its_date_is_said(tmp_path: Path) -> None:
    plan = small(tmp_path, REVIEWS, second(("2026-Q3", 2, 2), by="2026-11-12"))
    results = compute(plan, AS_OF)

    assert results.risks["a-second"].treatment_days_late == 10
    assert "date passed 10 days ago" in page(plan, results, "risks/a-second/").words("//*[@id='treatment']")
    register = page(plan, results, "risks/")
    assert "the date for it passed 10 days ago" in register.words("//tr[@id='register-a-second']")
    assert register.words("//*[@id='treatments-late']") == "The date for our work on it has passed: a-second."


# Of a danger a high score is bad, of a chance it is good; the middle bands of a chance are neither.
@pytest.mark.parametrize(
    ("kind", "ratings", "group", "change_group", "said"),
    [
        ("threat", [("2026-Q2", 1, 1), ("2026-Q3", 5, 5)], "bad", "bad", "up from 1"),
        ("opportunity", [("2026-Q2", 1, 1), ("2026-Q3", 5, 5)], "good", "good", "up from 1"),
        ("threat", [("2026-Q2", 5, 5), ("2026-Q3", 1, 1)], "good", "good", "down from 25"),
        ("opportunity", [("2026-Q2", 5, 5), ("2026-Q3", 1, 1)], "neutral", "warning", "down from 25"),
    ],
)
def test_a_chance_is_a_risk_turned_round(
    tmp_path: Path, kind: str, ratings: list[tuple[str, int, int]], group: str, change_group: str, said: str
) -> None:
    found = compute(small(tmp_path, REVIEWS, second(*ratings, kind=kind)), AS_OF).risks["a-second"]

    assert (found.now.group, found.change.group, moved(found.change).words) == (group, change_group, said)


def test_the_matrix_holds_every_pair_of_ratings_and_each_risk_once(tmp_path: Path) -> None:
    plan = small(tmp_path, REVIEWS, second(("2026-Q3", 5, 1)))
    rows = matrix(plan, plan.risks)

    assert [[cell.score.points for cell in row] for row in rows] == [
        [5, 10, 15, 20, 25],
        [4, 8, 12, 16, 20],
        [3, 6, 9, 12, 15],
        [2, 4, 6, 8, 10],
        [1, 2, 3, 4, 5],
    ]
    held = {(y, x): [risk.id for risk in cell.risks] for y, row in enumerate(rows) for x, cell in enumerate(row)}
    # 5 x 1 stands in the top row on the left; 3 x 4 in the third row from the top, fourth from the left.
    assert {place: ids for place, ids in held.items() if ids} == {(0, 0): ["a-second"], (2, 3): ["engine-breaks-down"]}


def test_the_bands_of_the_town_are_published_with_their_ranges(example_site: BuiltSite) -> None:
    bands = yaml.safe_load((ROOT / "data" / "categories.yml").read_text(encoding="utf-8"))["risk_bands"]
    starts = [1, *(band["up_to"] + 1 for band in bands)]
    ranges = {band["name"]: f"{start} to {band['up_to']}" for start, band in zip(starts, bands, strict=False)}
    register = example_site["risks/"].tree.xpath("//table[@id='bands']/tbody/tr")
    shown = {row.xpath("string(th)").strip(): row.xpath("string(td[1])") for row in register}
    method = example_site["about/method/"].tree.xpath("//table[@id='risk-bands']/tbody/tr")
    explained = {row.xpath("string(td[1])").strip(): row.xpath("string(th)") for row in method}

    assert shown == ranges
    assert explained == ranges


def test_the_town_shows_what_its_reviews_left_out(example_site: BuiltSite) -> None:
    # data/risks.yml: only the disputes between services were last rated for 2026-Q2; all others for 2026-Q3. Of the
    # dangers, three scores fell in 2026-Q3 (12 to 9 twice, and 20 to 16), and none rose.
    text = example_site["risks/"].words("//*[@id='answer']")

    assert "Since the review before, none went up and 3 went down." in text
    assert "Not reviewed for July to September 2026: Disputes between services slow decisions." in text


def test_the_page_on_method_works_one_score_out(example_site: BuiltSite) -> None:
    # data/risks.yml: the flash flood was last rated 4 and 4; no danger stands higher.
    said = example_site["about/method/"].words("//*[@id='risk-example']")

    assert said.endswith("now has 4 for likelihood and 4 for consequence. 4 × 4 = 16, which is: Very high")
