"""Great Expectations: what follows from the contract, and what does not, with a reason for each."""

from typing import Any

import great_expectations.expectations as gxe

from scripts.package.contract import Field, Table

Expectation = Any


def from_contract(table: Table) -> list[Expectation]:
    """Columns in order; required, enum, pattern, minimum and key of each: the schema half of the suite."""
    expected: list[Expectation] = [gxe.ExpectTableColumnsToMatchOrderedList(column_list=table.columns)]
    for field in table.fields.values():
        expected += _from_field(field)
    if len(table.primary_key) > 1:
        expected.append(gxe.ExpectCompoundColumnsToBeUnique(column_list=table.primary_key))
    return expected


def _from_field(field: Field) -> list[Expectation]:
    constraints, expected = field.constraints, []
    if field.required:
        expected.append(gxe.ExpectColumnValuesToNotBeNull(column=field.name))
    if constraints.get("unique"):
        expected.append(gxe.ExpectColumnValuesToBeUnique(column=field.name))
    if field.enum:
        expected.append(gxe.ExpectColumnValuesToBeInSet(column=field.name, value_set=field.enum))
    if "pattern" in constraints:
        expected.append(gxe.ExpectColumnValuesToMatchRegex(column=field.name, regex=constraints["pattern"]))
    if "minimum" in constraints or "maximum" in constraints:
        bounds = {"min_value": constraints.get("minimum"), "max_value": constraints.get("maximum")}
        expected.append(gxe.ExpectColumnValuesToBeBetween(column=field.name, **bounds))
    return expected


def _between(column: str, low: Any, high: Any, reason: str, **options: Any) -> Expectation:
    return gxe.ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high, meta={"reason": reason}, **options)


def _not_above(column_a: str, column_b: str, reason: str, **options: Any) -> Expectation:
    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=column_a, column_B=column_b, or_equal=True, ignore_row_if="either_value_is_missing", meta={"reason": reason}, **options
    )


BY_HAND: dict[str, list[Expectation]] = {
    "expulsions": [
        _between("officials_best", 1, 800, "The largest single order known, of 2017, cut 755 posts; more is a misread total."),
        _between(
            "deadline_hours",
            12,
            7000,
            "Known orders left from 24 hours to a month, a ceiling of NATO nine months; less is days, more is minutes typed as hours.",
        ),
        _between("n_statements", 1, None, "A row without any statement has no source."),
        _not_above("n_statements", "n_articles", "Each article that counts made at least one statement."),
        _not_above("n_articles", "n_publishers", "Each origin has at least one article."),
        _not_above("officials_high", "officials_low", "A range is written from low to high."),
        _not_above("acted_until", "acted_from", "An interval is written from its first to its last day."),
        _not_above("leave_by", "announced_on", "Nobody has to be gone before it is announced."),
        gxe.ExpectColumnProportionOfUniqueValuesToBeBetween(
            column="expulsion_id", min_value=1, meta={"reason": "One row is one decision; a join that doubled rows shows here."}
        ),
    ],
    "statements": [
        _not_above("officials_high", "officials_low", "A range is written from low to high."),
        _between(
            "deadline_hours",
            12,
            7000,
            "Known orders left from 24 hours to a month, a ceiling of NATO nine months; less is days, more is minutes typed as hours.",
        ),
        gxe.ExpectColumnValueLengthsToBeBetween(
            column="says",
            min_value=20,
            max_value=400,
            meta={"reason": "One sentence in the coder's own words, neither a word nor a quotation."},
        ),
        gxe.ExpectColumnValueLengthsToBeBetween(
            column="figure_as_printed", max_value=80, meta={"reason": "The wording of a figure, not of a sentence."}
        ),
    ],
    "articles": [
        _not_above("read_on", "published_on", "A page is read after it was published."),
        gxe.ExpectColumnValuesToBeUnique(column="url", meta={"reason": "One page is one article; a second row would count it twice."}),
    ],
    "answers": [
        _between("lag_days", 0, 400, "An answer comes after its cause; after more than a year the link needs another look."),
    ],
    "claims": [
        _not_above("as_of", "since", "A count runs forward."),
        _between("figure", 0, 3000, "All Russian officials abroad would not give more; a larger one counts populations."),
    ],
    "dyads": [
        _not_above("officials_high", "officials", "A complete sum lies within its bounds."),
        _not_above("officials", "officials_low", "A complete sum lies within its bounds."),
        _not_above("last_announced_on", "first_announced_on", "The last comes after the first."),
    ],
    "dyad_years": [
        _not_above("officials_high", "officials", "A complete sum lies within its bounds."),
        _not_above("expulsions", "n_unknown", "Of the decisions some are unknown, never more than there are."),
        _between("year", 1946, 2100, "Years are of the announcement, and the record begins after the war."),
    ],
    "dyad_months": [
        _not_above("officials_high", "officials", "A complete sum lies within its bounds."),
        _not_above("expulsions", "n_unknown", "Of the decisions some are unknown, never more than there are."),
    ],
    "actor_years": [
        _between("year", 1946, 2100, "Years are of the announcement, and the record begins after the war."),
    ],
    "scope": [_not_above("period_until", "period_from", "A period runs forward.")],
    "memberships": [_not_above("left_on", "joined_on", "A spell is written from its first to its last day.")],
    "actors": [
        gxe.ExpectTableRowCountToBeBetween(
            min_value=205, meta={"reason": "Either state system alone has 205 spells since 1945 or more; fewer rows lost a state."}
        ),
    ],
}


def rule(name: str, reason: str) -> Expectation:
    """That the SQL rule ``name`` selected no row."""
    return gxe.ExpectColumnMaxToBeBetween(column=name, max_value=0, meta={"reason": reason})
