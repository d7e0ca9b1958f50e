"""Each rule is seen to fail on planted violations, and to hold on what only just is none; what is waived is selected either way."""

from datetime import date, timedelta

import duckdb
import pytest

from validation import run

FRA, ITA, ESP = "2022-05-18-RUS-FRA", "2022-05-18-RUS-ITA", "2022-05-18-RUS-ESP"
# France's two decisions of April 2022, of 35 and of 6 officials, which FRA answers, and Italy's, of 30.
CAUSE, SECOND, ITALIAN = "2022-04-04-FRA-RUS", "2022-04-11-FRA-RUS", "2022-04-05-ITA-RUS"
# Two statements on FRA: the first counts its 34 as diplomats, the second in the unit of the best figure.
STATEMENT, IN_UNIT = "republicworld-2022-05-18.3", "rfi-2022-05-18.1"
ARTICLE = "republicworld-2022-05-18"


def expulsion(cells: str, key: str = FRA) -> str:
    """The change of an expulsion's cells."""
    return f"UPDATE expulsions SET {cells} WHERE expulsion_id = '{key}';"


def statement(cells: str, key: str = STATEMENT) -> str:
    return f"UPDATE statements SET {cells} WHERE statement_id = '{key}';"


def article(cells: str) -> str:
    return f"UPDATE articles SET {cells} WHERE article_id = '{ARTICLE}';"


def claim(number: int, cells: str) -> str:
    return f"UPDATE claims SET {cells} WHERE claim_id = '{ARTICLE}.c{number}';"


def line(cells: str) -> str:
    """The change of one line of the longest list."""
    longest = "SELECT part_of FROM claims WHERE part_of IS NOT NULL GROUP BY part_of ORDER BY count(*) DESC, part_of LIMIT 1"
    return f"UPDATE claims SET {cells} WHERE claim_id = (SELECT min(claim_id) FROM claims WHERE part_of = ({longest}));"


def search(cells: str, language: str) -> str:
    """The change of one search of 2020 and later."""
    first = f"SELECT min(query) FROM searches WHERE language = '{language}' AND year(period_from) = 2020"
    return f"UPDATE searches SET {cells} WHERE query = ({first}) AND language = '{language}' AND year(period_from) = 2020;"


def twin(cells: str = "") -> str:
    """FRA once more under a later id, without a note, with other cells changed."""
    changed = ", ".join(["'2022-05-19-RUS-FRA' AS expulsion_id", "NULL AS note", *([cells] if cells else [])])
    return f"INSERT INTO expulsions SELECT * REPLACE ({changed}) FROM expulsions WHERE expulsion_id = '{FRA}';"


def edge(cells: str) -> str:
    """The change of FRA's answer to the first of the two decisions."""
    return f"UPDATE answers SET {cells} WHERE expulsion_id = '{FRA}' AND answers = '{CAUSE}';"


def sample(number: int, alpha: str, rarer: int = 40, variable: str = "vantage") -> str:
    """A second coding later than all real ones."""
    return f"INSERT INTO reliability BY NAME SELECT 'statements-{number}' AS sample, '{variable}' AS variable, '*' AS region, '*' AS period, 150 AS n_units, {rarer} AS n_rarer, {alpha} AS alpha;"


def spell(cells: str, actor: str, organisation: str) -> str:
    return f"UPDATE memberships SET {cells} WHERE actor_id = '{actor}' AND organisation = '{organisation}';"


def harvested(day: str, officials: int, key: str = FRA) -> str:
    return f"INSERT INTO harvests VALUES ('{key}', 'target_side', '{day}', {officials}, '2026-11-24', 'c1');"


def origins(*publishers: str) -> str:
    """FRA rests on a statement of each publisher and on no other."""
    first = f"SELECT {{}} FROM statements WHERE expulsion_id = '{FRA}' ORDER BY statement_id LIMIT {{}}"
    named = [
        f"UPDATE articles SET agency = NULL, publisher = '{name}' WHERE article_id = ({first.format('article_id', f'1 OFFSET {n}')});"
        for n, name in enumerate(publishers)
    ]
    kept = first.format("statement_id", len(publishers))
    return f"DELETE FROM statements WHERE expulsion_id = '{FRA}' AND statement_id NOT IN ({kept});" + "".join(named)


LONG = "One note of more than forty letters, on two decisions."
TASS = "(SELECT min(article_id) FROM articles WHERE publisher = 'TASS' AND url LIKE '%//tass.ru%')"
NO_EDGE = f"DELETE FROM answers WHERE expulsion_id = '{FRA}';"
# FRA, made public by the expeller, rests on voices of one kind.
SPOKEN = f"UPDATE statements SET vantage = '{{}}', attribution = '{{}}' WHERE expulsion_id = '{FRA}';"
NO_STATEMENT = f"DELETE FROM statements WHERE expulsion_id = '{FRA}';"


def in_waves(days: dict[str, str]) -> list[str]:
    """The expulsion in each wave, announced on a day of it or beside it."""
    return [expulsion(f"wave = '{wave}', announced_on = '{day}'") for wave, day in days.items()]


# First day, last day and party of each wave beside Russia.
WAVES = {
    "gulf_1990": ("1990-08-02", "1991-02-28", "IRQ"),
    "libya_1992": ("1992-03-31", "1992-06-30", "LBY"),
    "kosovo_1999": ("1999-03-01", "1999-06-30", "YUG"),
    "iraq_2003": ("2003-01-01", "2003-04-30", "IRQ"),
    "libya_2011": ("2011-02-15", "2011-10-31", "LBY"),
    "syria_2012": ("2012-02-03", "2012-06-30", "SYR"),
    "nimr_2016": ("2016-01-02", "2016-02-29", "IRN"),
    "gulf_2017": ("2017-06-05", "2017-07-31", "QAT"),
    "kim_2017": ("2017-07-04", "2017-12-31", "PRK"),
    "venezuela_2017": ("2017-05-01", "2018-01-31", "VEN"),
    "venezuela_2019": ("2019-01-10", "2020-12-31", "VEN"),
    "belarus_2020": ("2020-08-09", "2021-09-30", "BLR"),
    "lebanon_2021": ("2021-10-26", "2021-11-30", "LBN"),
    "gaza_2023": ("2023-10-07", "2024-12-31", "ISR"),
    "venezuela_2024": ("2024-07-28", "2025-01-31", "VEN"),
    "iran_war_2026": ("2026-02-28", "2026-06-30", "IRN"),
}


def beside_waves(inside: bool) -> list[str]:
    """The expulsion on the first and last day of each of them, or a day off it."""
    days = [(wave, target, day + timedelta(0 if inside else step)) for wave, (*ends, target) in WAVES.items() for step, day in zip((-1, 1), map(date.fromisoformat, ends), strict=True)]  # fmt: skip
    return [expulsion(f"wave = '{wave}', target = '{target}', announced_on = '{day}'") for wave, target, day in days]


PLANTS = {
    "query_of_another_year": [search("query = 'Russia 1999'", "en")],
    "query_of_another_state": [search("expeller_scope = 'FRA', target_scope = 'RUS', query = 'Italy expels diplomats'", "en")],
    "page_of_another_day": [article("url = 'https://example.org/2021/05/18/a'"), article("url = 'https://example.org/2022/05/22/a'")],
    "speaker_unlike_text": [statement("says = 'The French ministry told of 34.'"), statement("says = 'The Russian foreign ministry told of 34.', vantage = 'target'")],
    "source_called_official": [statement("says = 'Unnamed officials told of 34.'"), statement("says = 'Russian sources told of 34.'")],
    "actor_unlike_its_names": [
        "UPDATE actors SET name = 'Italy' WHERE actor_id = 'FRA'", "UPDATE actors SET kind = 'other' WHERE actor_id = 'FRA'", "UPDATE actors SET iso2 = 'EU', kind = 'organisation' WHERE actor_id = 'EU'",
    ],
    "kind_unlike_name": [article("publisher = 'Ministry of Foreign Affairs of France', kind = 'newspaper'")],
    "second_without_first": [twin().replace("2022-05-19-RUS-FRA", "2022-05-19-RUS-FRA-2")],
    "print_unlike_columns": [
        statement("figure_as_printed = 'the ambassador', officials_high = 1, head_of_mission = false"), statement("figure_as_printed = 'дипломатов', counted_unit = 'administrative_technical'"),
    ],
    "edge_both_ways": [
        f"INSERT INTO answers SELECT * REPLACE (answers AS expulsion_id, expulsion_id AS answers) FROM answers WHERE expulsion_id = '{FRA}'",
        f"INSERT INTO answers SELECT * REPLACE ('solidarity' AS relation) FROM answers WHERE expulsion_id = '{FRA}'",
    ],
    "edge_before_its_page": [article("published_on = '2022-05-16'")],
    "edge_over_a_nearer": [expulsion("announced_on = '2022-03-10'", CAUSE) + f"DELETE FROM answers WHERE expulsion_id = '{FRA}' AND answers = '{SECOND}'"],
    "press_over_office": [statement("standing = 'authoritative', attribution = 'press'")],
    "press_with_side": [statement("attribution = 'press'"), statement("attribution = 'press', vantage = 'target'")],
    "superseded_by_nobody": [f"UPDATE statements SET standing = 'superseded' WHERE expulsion_id = '{FRA}' AND vantage = 'expeller'"],
    "gap_reason_without_note": [claim(1, "gap_reason = 'misprinted', note = NULL")],
    "scope_unlike_wording": [
        claim(1, "expeller_scope = 'EU', scope_as_stated = 'by states of the EU'"), claim(1, "expeller_scope = 'NATO RUS', scope_as_stated = 'by NATO allies'"),
        claim(1, "expeller_scope = 'EU*', scope_as_stated = 'by all except Malta'"),
    ],
    "line_unlike_its_list": [
        line("claimed_by = 'Nobody'"), line("since = since - 400"), claim(1, "counted = 'expellers', figure = 61"),
    ],
    "contained_in_earlier": [expulsion(f"included_in = '{CAUSE}'", SECOND)],
    "period_unlike_text": [statement("deadline_hours = 336, says = 'Within 72 hours 34 have to go.'"), statement("deadline_hours = 336, says = 'Within a week 34 have to go.'"), statement("deadline_hours = 72, says = 'In two days 34 have to go.'")],
    "figure_of_one_alone": [statement("officials_low = 35, officials_high = 35")],
    "ceiling_unlike_others": [statement("ceiling = 9") + statement("ceiling = 8", IN_UNIT)],
    "note_denies_deadline": [expulsion("note = 'No deadline was told.'")],
    "publisher_of_another_site": ["UPDATE articles SET publisher = 'Somebody' WHERE article_id = (SELECT min(article_id) FROM articles WHERE url LIKE '%//www.urdupoint.com/%')"],
    "recoding_of_nothing": ["UPDATE recodings SET unit_id = 'x.1' WHERE unit_id = (SELECT min(unit_id) FROM recodings)"],
    "acted_far_off": [
        statement("acted_from = '2021-09-09'"), statement("acted_from = '2022-05-19'"), statement("acted_from = '2019-05-17'") + statement("acted_from = '2019-05-17'", IN_UNIT),
    ],
    "actor_not_existing": [
        expulsion("expeller = 'SUN'"), expulsion("expeller = 'SUN', announced_on = '1991-12-26'"),
        expulsion("expeller = 'FRA', target = 'EU', announced_on = '1957-12-31'"), expulsion("expeller = 'FRA', target = 'RUS', announced_on = '1991-12-25'"),
    ],
    "coder_without_gold": ["INSERT INTO recodings BY NAME SELECT 'people-9' AS sample, statement_id AS unit_id, 'vantage' AS variable, 'p9' AS coder FROM statements LIMIT 2", "INSERT INTO recodings BY NAME SELECT 'cells-9' AS sample, statement_id AS unit_id, 'vantage' AS variable, 'c99' AS coder FROM statements LIMIT 2"],
    "agreement_too_low": [
        sample(99, "0.7"), sample(99, "0.79", 15), sample(99, "NULL"), sample(99, "0.7") + sample(100, "0.9", variable="attribution"),
        sample(99, "0.9") + sample(100, "0.7"),
    ],
    "ambassador_not_head": [expulsion("head_of_mission = true, officials_best = 0")],
    "announced_after_published": [
        statement("announced_on = '2022-05-20'"),
        statement("announced_on = '2022-06-02'") + article("published_precision = 'month', published_on = '2022-05-01'"),
        statement("announced_on = '2023-01-02'") + article("published_precision = 'year', published_on = '2022-01-01'"),
    ],
    "answer_before_cause": [expulsion("announced_on = '2022-04-10'"), expulsion("announced_on = '2022-05-19'", CAUSE)],
    "article_without_yield": [
        "INSERT INTO articles SELECT * REPLACE ('idle-2022-01-01' AS article_id) FROM articles WHERE no_expulsion_because IS NULL LIMIT 1",
    ],
    "best_differs_from_order": [
        f"UPDATE statements SET officials_low = 43, officials_high = 43 WHERE expulsion_id = '{FRA}'", expulsion("officials_best = NULL"), NO_STATEMENT,
    ],
    "ceiling_as_head_count": [expulsion("ceiling = officials_best"), expulsion("ceiling_diplomats = officials_best, counted_unit = 'diplomats'")],
    "ceiling_in_figure": [
        statement("ceiling = officials_low") + expulsion("note = NULL"), statement("ceiling_diplomats = officials_low") + expulsion("note = 'Of 1340.'"),
        statement("officials_low = 2, officials_high = 2, posts_cut = 2"), statement("officials_low = 33, officials_high = 33, ceiling = 33") + expulsion("note = 'Not 33.'"),
    ],
    "claim_far_below": [claim(1, "expeller_scope = 'ITA', figure = 14")],
    "claim_gap_unexplained": [claim(1, "figure = 999, gap_reason = NULL")],
    "claim_line_outside_total": [
        claim(1, f"part_of = '{ARTICLE}.c2'"), claim(1, f"part_of = '{ARTICLE}.c2', figure = 1, as_of = '2022-05-19'"),
        claim(1, f"part_of = '{ARTICLE}.c2', figure = 1, since = '2022-02-23'"), claim(1, f"part_of = '{ARTICLE}.c2', figure = 1, article_id = 'x'"),
    ],
    "closed_post_with_figure": [expulsion("persons_ordered = 'no'")],
    "code_of_two_actors": [
        spell("code = '220'", "DEU", "COW"), spell("left_on = '1991-12-26'", "SUN", "COW"), spell("left_on = '2006-06-05'", "SCG", "COW"),
        "UPDATE actors SET iso2 = 'FR' WHERE actor_id = 'DEU'", "UPDATE actors SET iso2 = 'CK' WHERE actor_id = 'NIU'",
    ],
    "deadline_contradicted": [expulsion("leave_by = '2022-06-05', note = NULL"), expulsion("leave_by = '2022-05-28', note = NULL"), expulsion("leave_by = '2022-05-17'")],
    "deadline_far_off": [
        statement("leave_by = '2022-05-17'"), statement("leave_by = '2023-03-15'"), statement("deadline_hours = 168"), statement("deadline_hours = 2 * 336"),
        expulsion("leave_by = '2022-06-01'") + statement("leave_by = '2022-06-09'"),
    ],
    "edge_without_trigger": [expulsion("trigger = 'incident'")],
    "expulsion_without_statement": [NO_STATEMENT, f"UPDATE statements SET standing = 'superseded' WHERE expulsion_id = '{FRA}'"],
    "figure_added_twice": [
        expulsion(f"included_in = '{FRA}'", ITA), expulsion(f"included_in = '{ITALIAN}'", SECOND), expulsion(f"included_in = '{CAUSE}', officials_best = 36", SECOND),
        expulsion(f"included_in = '{CAUSE}'", SECOND) + expulsion("status = 'retracted'", CAUSE),
        expulsion(f"included_in = '{CAUSE}'", SECOND) + expulsion("included_in = '2018-03-26-FRA-RUS'", CAUSE),
    ],
    "figure_far_off": [statement("officials_low = 69, officials_high = 69", IN_UNIT), statement("officials_low = 16, officials_high = 16", IN_UNIT)],
    "harvest_of_another_day": [harvested("2022-06-19", 34), harvested("2022-04-16", 34), harvested("2022-05-18", 103), harvested("2022-05-18", 8, ESP)],
    "low_best_high": [expulsion("officials_low = 35, officials_high = 40"), expulsion("officials_high = 33, officials_low = NULL"), expulsion("officials_low = 2, officials_best = NULL, officials_high = 1")],
    "membership_before_organisation": [
        spell("joined_on = '1957-12-31'", "ITA", "EU"), spell("joined_on = '1975-11-14'", "ITA", "G7"), spell("joined_on = '1815-12-31'", "ITA", "COW"),
    ],
    "more_diplomats_than_officials": [expulsion("diplomats = 35"), expulsion("diplomats = 35, officials_high = NULL")],
    "note_copied": [
        f"UPDATE expulsions SET note = 'One.' WHERE expulsion_id IN ('{CAUSE}', '{SECOND}')",
        f"UPDATE expulsions SET note = '{LONG}' WHERE expulsion_id = '{FRA}';" + twin(f"'USA' AS expeller, 'CHN' AS target, '{LONG}' AS note").replace("NULL AS note, ", ""),
    ],
    "organisation_size_wrong": [
        "DELETE FROM memberships WHERE actor_id = 'MLT' AND organisation = 'EU'", "DELETE FROM memberships WHERE organisation = 'G7'",
        "INSERT INTO memberships VALUES ('UKR', 'EU', NULL, '2021-06-30', NULL)", "INSERT INTO memberships VALUES ('UKR', 'EU', NULL, '2020-01-01', '2020-02-01')",
        "DELETE FROM memberships WHERE actor_id = 'DDR' AND organisation = 'COW'", spell("joined_on = '1999-03-13'", "POL", "NATO"),
    ],
    "origin_is_reprint": [claim(1, f"origin = '{ARTICLE}.c2'") + claim(2, f"origin = '{ARTICLE}.c3'"), claim(1, "origin = (SELECT max(c.claim_id) FROM claims AS c JOIN articles AS a USING (article_id) WHERE a.published_on > DATE '2023-01-01')")],
    "part_above_whole": [statement("covers = 'part', officials_low = 35, officials_high = 35")],
    "possible_duplicate": [
        twin(), twin("DATE '2022-06-01' AS announced_on"), twin("DATE '2022-05-04' AS announced_on"), twin("'recalled' AS measure"), twin("'EU' AS accredited_to"),
        expulsion("officials_best = NULL") + twin(),
    ],
    "published_before_announced": [
        article("published_on = '2022-05-16'"), article("published_on = '2022-04-01', published_precision = 'month'"),
        article("published_on = '2021-01-01', published_precision = 'year'"),
    ],
    "publisher_misspelt": [f"UPDATE articles SET publisher = publisher || 'xx' WHERE article_id = {TASS}", f"UPDATE articles SET publisher = 'tass' WHERE article_id = {TASS}"],
    "reply_without_edge": [expulsion("reply = 'expulsion'"), expulsion("reply = 'none_found'", CAUSE)],
    "retaliation_not_reversed": [
        f"UPDATE answers SET answers = '{ITALIAN}' WHERE expulsion_id = '{FRA}'", expulsion("expeller = 'BLR'"), expulsion("target = 'EU'", CAUSE),
    ],
    "retired_id_alive": [f"INSERT INTO retired VALUES ('{FRA}', '{ITA}', 'Twice.')", "INSERT INTO retired VALUES ('2022-05-19-RUS-FRA', '2022-05-20-RUS-FRA', 'Twice.')"],
    "scope_wider_than_stated": [
        claim(2, "target_scope = '*', scope_as_stated = 'those of Italy, expelled by anybody'"), claim(2, "expeller_scope = '*', scope_as_stated = 'by members of the EU'"),
        claim(2, "expeller_scope = '*', scope_as_stated = 'by states of Europe'"),
    ],
    "self_expulsion": [expulsion("target = 'RUS'")],
    "single_publisher_confirmed": [
        expulsion("n_publishers = n_publishers + 1"), origins("A") + expulsion("n_publishers = 1"),
        origins("A", "B") + expulsion("n_publishers = 2, status = 'single_source'"),
    ],
    "solidarity_other_target": [
        f"UPDATE answers SET relation = 'solidarity' WHERE expulsion_id = '{FRA}'",
        f"UPDATE answers SET relation = 'solidarity', expulsion_id = '{SECOND}' WHERE answers = '{CAUSE}'",
        f"UPDATE answers SET relation = 'solidarity', expulsion_id = '{ITA}' WHERE answers = '{SECOND}'",
    ],
    "state_without_iso2": ["UPDATE actors SET iso2 = NULL WHERE actor_id = 'NAM'"],
    "statement_of_another_day": [statement("announced_on = '2022-05-22'"), statement("announced_on = '2022-05-14'")],
    "text_without_coder_words": [
        "INSERT INTO statements SELECT * REPLACE ('x' AS statement_id, upper(says) AS says, 'x' AS expulsion_id) FROM statements LIMIT 1",
    ],
    "trigger_without_edge": [NO_EDGE],
    "unexplained_first_move": [expulsion("note = NULL") + NO_EDGE],
    "wave_outside_its_time": in_waves({
            "crimea_2014": "2014-02-26", "us_2016": "2016-11-30", "skripal_2018": "2018-03-03", "navalny_2021": "2021-01-16",
            "us_2021": "2021-04-14", "vrbetice_2021": "2021-04-16", "ukraine_2022": "2022-02-20",
    }) + in_waves({
            "crimea_2014": "2015-01-01", "skripal_2018": "2018-07-01", "navalny_2021": "2021-04-01", "us_2021": "2021-08-01", "vrbetice_2021": "2021-08-01",
            "ukraine_2022": "2023-01-01",
    }) + [expulsion("wave = 'us_2016', announced_on = '2017-01-01'"), expulsion("expeller = 'BLR'"),
          expulsion("expeller = 'USA', target = 'RUS', wave = 'us_2016', announced_on = '2018-01-01'"),
          expulsion("wave = 'gulf_2017', announced_on = '2017-06-05'"), *beside_waves(inside=False)],
    "year_beside_day": [statement("announced_precision = 'year'")],
    "organisation_staff_unspecified": [statement("counted_unit = 'unspecified'") + expulsion("target = 'EU'")],
    "accredited_elsewhere": [statement("accredited_to = 'BEL'")],
    "agency_misspelt": ["UPDATE articles SET agency = 'reuters' WHERE article_id = (SELECT min(article_id) FROM articles WHERE agency = 'Reuters')", article("agency = 'republicworld'")],
    "basis_without_statement": [edge("basis = 'stated_by_target', article_id = 'rfi-2022-05-18'"), edge("article_id = 'lanouvelletribune-2022-05-18'")],
    "ceiling_without_cut": [statement("measure = 'staff_ceiling', officials_low = NULL, officials_high = NULL")],
    "closed_post_with_people": [
        expulsion("measure = 'post_closed'"), expulsion("measure = 'post_closed'") + statement("says = 'Russia closes the French consulate.'"),
        expulsion("measure = 'post_closed'") + statement("says = 'Russia closes the French consulate and gives its staff 72 hours.', standing = 'rejected'"),
    ],
    "deadline_of_its_own": [statement("leave_by = '2022-06-04'"), statement("leave_by = '2022-05-29'")],
    "denied_by_outsider": [edge("denied_by = 'DEU'")],
    "disclosed_by_silent": [expulsion("disclosed_by = 'press'") + "DELETE FROM statements WHERE statement_id = 'francetvinfo-2022-06-19.2'", expulsion("disclosed_by = 'target'", SECOND), SPOKEN.format("target", "official")],
    "dispute_without_word": [expulsion("status = 'disputed', note = NULL"), expulsion("status = 'retracted', note = NULL")],
    "earlier_figure_stands": [statement("officials_low = 33, officials_high = 33")],
    "edge_article_silent": [edge("article_id = 'moscowtimes-2021-04-26'")],
    "figure_unlike_text": [
        statement("officials_low = 43, officials_high = 43"), statement("officials_low = 30, officials_high = 30, says = 'Moscow sends thirty-four of the French out.'"), statement("officials_low = 1, officials_high = 1, says = 'Moscow sends two French diplomats out.'"),
        statement("officials_low = 36, officials_high = 36, says = 'Moscow sends the French ambassador and 34 more out.'"), statement("officials_low = 34, officials_high = 34, says = 'Moscow has France fall from forty to nine.'"),
    ],
    "gap_reason_without_gap": [claim(1, "figure = 1, qualifier = 'exact', expeller_scope = 'JAM', kind = 'none', gap_reason = 'misprinted'")],
    "ground_without_edge": [NO_EDGE + expulsion("trigger = 'none_stated'"), expulsion("ground_solidarity = true")],
    "host_of_other_letters": [article("url = 'https://www.xn--exmple-4nf.org/a'")],
    "kind_unlike_publisher": [f"UPDATE articles SET kind = 'newspaper' WHERE article_id = {TASS}"],
    "language_unlike_site": ["UPDATE articles SET language = 'ro' WHERE article_id = (SELECT min(article_id) FROM articles WHERE url LIKE '%//www.urdupoint.com/%')"],
    "leaves_at_once": [statement("leave_by = announced_on")],
    "nationality_beside_state": [statement("nationality = 'BLR'"), statement("nationality = 'FRA'"), expulsion("target = 'UN'") + statement("nationality = 'RUS'")],
    "no_order_said": [statement(f"says = '{says}'") for says in (
        "Russia threatened to expel French diplomats.", "The French ambassador was summoned and heard a protest.", "France denied that it had expelled anybody, and protested.",
        "Russia refused visas to French staff.", "Russia may expel a French correspondent.", "Russia promised that it will not expel the French.",
    )],
    "reversed_duplicate": [
        expulsion("officials_best = 34, measure = 'persona_non_grata', announced_on = '2022-05-11'", CAUSE) + f"DELETE FROM answers WHERE answers = '{CAUSE}'",
        expulsion("officials_best = 34, measure = 'persona_non_grata', announced_on = '2022-05-25'", CAUSE) + f"DELETE FROM answers WHERE answers = '{CAUSE}'",
    ],
    "sides_turned": [statement(f"says = '{says}'") for says in (
        "The French ministry expelled 34 Russian diplomats.", "Ordered out: 34 employees of the embassy; the ministry declared Russian diplomats persona non grata.", "France sent 34 people home.",
    )],
    "statement_twice": [
        f"INSERT INTO statements SELECT * REPLACE ('z' AS statement_id, {cells}) FROM statements WHERE statement_id = '{STATEMENT}'" for cells in ("'Other words.' AS says", "'persona_non_grata' AS measure")
    ],
    "stayers_as_leavers": [statement(f"says = 'Russia tells France that {says}.'") for says in (
        "the embassy may keep no more than 34 people", "only 34 diplomats may stay", "its staff is cut to 34", "34 of its posts are abolished",
    )],
    "subregion_of_two_regions": ["UPDATE actors SET un_region = 'Asia' WHERE actor_id = 'FRA'", "UPDATE actors SET un_subregion = 'Western Europe' WHERE actor_id = 'NAM'"],
    "third_state_named": [
        expulsion("target = 'ESP'"), expulsion("expeller = 'BLR'"), statement("says = 'Germany expels 34 Russian diplomats.'"), statement("says = 'Russia expels 34 Ukrainians.'"),
    ],
    "total_of_several": [statement("says = 'European states and France expelled 34 in all, Russia says.'"), statement("says = 'Russia counts 34 altogether in ten states, France among them.'")],
    "war_before_war": [statement("ground_war = true") + expulsion("announced_on = '2014-02-26'")],
    "wave_trigger_without_wave": [expulsion("trigger = 'wave', wave = NULL")],
    "agency_left_out": ["UPDATE articles SET agency = NULL WHERE article_id = (SELECT min(article_id) FROM articles WHERE publisher = 'TASS')"],
    "cow_code_unlike_gw": [spell("code = '221'", "FRA", "COW"), spell("code = '221'", "FRA", "GW")],
    "edge_without_ground": [
        expulsion("ground_retaliation = false"), f"UPDATE answers SET basis = 'stated_by_expeller', relation = 'solidarity' WHERE expulsion_id = '{FRA}'",
        expulsion("ground_retaliation = false") + f"UPDATE answers SET basis = 'stated_by_press' WHERE expulsion_id = '{FRA}'",
    ],
    "iso2_unlike_id": ["UPDATE actors SET iso2 = 'FT' WHERE actor_id = 'FRA'", "UPDATE actors SET iso2 = 'RF' WHERE actor_id = 'FRA'", "UPDATE actors SET iso2 = NULL, iso2_former = 'FT' WHERE actor_id = 'FRA'"],
    "scope_other_than_stated": [
        claim(2, "expeller_scope = 'RUS', target_scope = 'ITA', scope_as_stated = 'French diplomats'"),
        claim(2, "expeller_scope = 'RUS', target_scope = 'ITA', scope_as_stated = 'line of a list: FRA'"),
    ],
    "spells_overlap": ["INSERT INTO memberships BY NAME SELECT 'FRA' AS actor_id, 'EU' AS organisation, DATE '2000-01-01' AS joined_on"],
}  # fmt: skip

# The same rules, with what lies just inside the limit or is excused.
NEAR_MISSES = {
    "query_of_another_year": [search("query = 'Russia 1999', period_from = '1999-05-01'", "en"), search("query = 'Russia 1999 2020'", "en")],
    "query_of_another_state": [
        search(f"expeller_scope = '{scope}', target_scope = 'RUS', query = '{query}'", "en")
        for scope, query in (("FRA", "Italy expels Russians"), ("FRA ITA", "Italy expels diplomats"), ("*", "Italy expels diplomats"), ("FRA", "diplomats expelled"))
    ],
    "page_of_another_day": [article("url = 'https://example.org/2022/05/21/a'"), article("url = 'https://example.org/2022/99/18/a'"), article("url = 'https://example.org/2022/05/30/a', published_precision = 'month'")],
    "speaker_unlike_text": [
        statement("says = 'The French ministry told of 34.', standing = 'rejected'"), statement("says = 'The French ministry told of 34.', vantage = 'target'"), statement("says = 'French diplomats, the Russian ministry told, are out.'"),
    ],
    "source_called_official": [statement("says = 'Unnamed officials told of 34.', attribution = 'unnamed_official'"), statement("says = 'The ministry named its sources.'")],
    "actor_unlike_its_names": ["UPDATE actors SET name = 'French Republic' WHERE actor_id = 'FRA'", "UPDATE actors SET kind = 'other' WHERE actor_id = 'EU'"],
    "kind_unlike_name": [article("publisher = 'Ministry of Foreign Affairs of France', kind = 'ministry'"), article("publisher = 'Embassytown', kind = 'newspaper'")],
    "second_without_first": [twin().replace("2022-05-19-RUS-FRA", f"{FRA}-2"), "INSERT INTO retired (expulsion_id) VALUES ('2022-05-19-RUS-FRA');" + twin().replace("2022-05-19-RUS-FRA", "2022-05-19-RUS-FRA-2")],
    "print_unlike_columns": [
        statement("figure_as_printed = 'the ambassador', officials_high = 1, head_of_mission = true"), statement("figure_as_printed = 'the ambassador and one more', officials_high = 2, head_of_mission = false"),
        statement("figure_as_printed = 'дипломатов и сотрудников', counted_unit = 'administrative_technical'"),
    ],
    "edge_before_its_page": [article("published_on = '2022-05-17'"), article("published_on = '2022-05-01', published_precision = 'month'")],
    "edge_both_ways": [edge("basis = 'inferred'")],
    "edge_over_a_nearer": [expulsion("announced_on = '2022-03-10'", CAUSE), f"DELETE FROM answers WHERE expulsion_id = '{FRA}' AND answers = '{SECOND}'"],
    "press_with_side": [statement("attribution = 'press', vantage = 'third_party'"), statement("attribution = 'unnamed_official'")],
    "press_over_office": [statement("standing = 'authoritative'"), f"UPDATE statements SET standing = 'authoritative', attribution = 'press' WHERE expulsion_id = '{FRA}'"],
    "superseded_by_nobody": [statement("standing = 'superseded'"), f"UPDATE statements SET standing = 'superseded' WHERE expulsion_id = '{FRA}' AND attribution = 'press'"],
    "gap_reason_without_note": [claim(1, "gap_reason = 'misprinted', note = 'Seen.'"), claim(1, "gap_reason = NULL, note = NULL")],
    "scope_unlike_wording": [
        claim(1, "expeller_scope = 'EU*', scope_as_stated = 'by states of the EU'"), claim(1, "expeller_scope = 'EU', scope_as_stated = 'by the EU itself'"), claim(1, "expeller_scope = 'EU* -MLT', scope_as_stated = 'by all except Malta'"),
    ],
    "line_unlike_its_list": [claim(1, "counted = 'expellers', figure = 60"), line("since = (SELECT t.since FROM claims AS t WHERE t.claim_id = claims.part_of)")],
    "contained_in_earlier": [expulsion(f"included_in = '{SECOND}'", CAUSE)],
    "period_unlike_text": [
        statement("deadline_hours = 336, says = 'Within 72 hours or 14 days 34 have to go.'"), statement("deadline_hours = NULL, says = 'Within 72 hours 34 have to go.'"), statement("deadline_hours = 168, says = 'Within a week 34 have to go.'"),
        statement("deadline_hours = 48, says = 'In two days 34 have to go.'"),
    ],
    "figure_of_one_alone": [statement("officials_low = 35, officials_high = 35, covers = 'part'"), statement("officials_low = 35, officials_high = 35") + statement("officials_low = 35, officials_high = 35", IN_UNIT)],
    "ceiling_unlike_others": [statement("ceiling = 9"), statement("ceiling = 9") + statement("ceiling = 9", IN_UNIT)],
    "note_denies_deadline": [expulsion("note = 'A deadline was told.'"), expulsion("note = 'No deadline was told.', deadline_hours = NULL, leave_by = NULL")],
    "publisher_of_another_site": [
        "UPDATE articles SET publisher = 'Somebody', agency = 'UrduPoint' WHERE article_id = (SELECT min(article_id) FROM articles WHERE url LIKE '%//www.urdupoint.com/%')",
    ],
    "recoding_of_nothing": ["UPDATE recodings SET unit_id = (SELECT min(article_id) || '/x' FROM articles) WHERE unit_id = (SELECT min(unit_id) FROM recodings)"],
    "acted_far_off": [statement("acted_from = '2021-09-10'"), statement("acted_from = '2019-05-18'") + statement("acted_from = '2019-05-18'", IN_UNIT), statement("acted_from = '2022-05-18'"), statement("acted_from = '2012-05-18', standing = 'rejected'")],
    "actor_not_existing": [expulsion("expeller = 'SUN', announced_on = '1991-12-25'"), expulsion("expeller = 'FRA', target = 'EU', announced_on = '1958-01-01'")],
    "coder_without_gold": ["INSERT INTO recodings BY NAME SELECT 'people-9' AS sample, statement_id AS unit_id, 'vantage' AS variable, 'p9' AS coder FROM statements LIMIT 2; INSERT INTO recodings BY NAME SELECT 'gold-1' AS sample, min(statement_id) AS unit_id, 'vantage' AS variable, 'p9' AS coder FROM statements", "INSERT INTO recodings BY NAME SELECT 'people-9' AS sample, statement_id AS unit_id, 'vantage' AS variable, 'p9' AS coder FROM statements LIMIT 2; INSERT INTO recodings BY NAME SELECT 'statements-99' AS sample, min(statement_id) AS unit_id, 'vantage' AS variable, 'p9' AS coder FROM statements", "INSERT INTO recodings BY NAME SELECT 'gold-1' AS sample, statement_id AS unit_id, 'vantage' AS variable, 'p9' AS coder FROM statements LIMIT 2"],
    "agreement_too_low": [sample(99, "0.8"), sample(99, "0.5", 14), sample(99, "0.5") + sample(100, "0.9")],
    "ambassador_not_head": [expulsion("head_of_mission = true, officials_best = 1"), expulsion("head_of_mission = false, officials_best = 0")],
    "announced_after_published": [
        statement("announced_on = '2022-05-19'"), statement("announced_on = '2022-06-01'") + article("published_precision = 'month', published_on = '2022-05-01'"),
        statement("announced_on = '2023-01-01'") + article("published_precision = 'year', published_on = '2022-01-01'"),
    ],
    "answer_before_cause": [
        expulsion("announced_on = '2022-04-11'"), expulsion("announced_on = '2022-04-01', announced_precision = 'month'"),
        expulsion("announced_on = '2022-06-01', announced_precision = 'month'", CAUSE),
    ],
    "article_without_yield": [
        f"DELETE FROM statements WHERE article_id = '{ARTICLE}'; DELETE FROM answers WHERE article_id = '{ARTICLE}'",
        f"DELETE FROM statements WHERE article_id = '{ARTICLE}'; DELETE FROM claims WHERE article_id = '{ARTICLE}'",
        "INSERT INTO articles SELECT * REPLACE ('idle-2022-01-01' AS article_id) FROM articles WHERE no_expulsion_because IS NOT NULL LIMIT 1",
    ],
    "best_differs_from_order": [statement("officials_low = 43, officials_high = 43", "francetvinfo-2022-06-19.2")],
    "ceiling_as_head_count": [expulsion("ceiling = officials_best + 1"), expulsion("ceiling_diplomats = officials_best")],
    "ceiling_in_figure": [
        statement("ceiling = officials_low") + expulsion("note = 'Both are 34.'"), statement("officials_low = 1, officials_high = 1, posts_cut = 1"),
        *(statement(f"ceiling = officials_low, {excuse}") + expulsion("note = NULL") for excuse in ("standing = 'rejected'", "covers = 'part'", "officials_high = 35")),
        statement("ceiling = officials_low + 1"),
    ],
    "claim_far_below": [
        claim(1, f"expeller_scope = 'ITA', {excuse}")
        for excuse in ("figure = 15", "figure = 14, gap_reason = 'misprinted'", "figure = 14, qualifier = 'exact'", "figure = 0, counted = 'expellers'", "figure = 14, kind = 'none'")
    ],
    "claim_gap_unexplained": [claim(1, "figure = 999, gap_reason = 'misprinted'"), claim(1, "figure = 441"), claim(1, "figure = 1")],
    "claim_line_outside_total": [
        claim(1, f"part_of = '{ARTICLE}.c2', figure = 301, as_of = '2022-05-18'"), claim(4, f"part_of = '{ARTICLE}.c2', figure = 999"),
    ],
    "closed_post_with_figure": [expulsion("persons_ordered = 'no', officials_best = NULL"), expulsion("persons_ordered = 'unknown'")],
    "code_of_two_actors": ["UPDATE actors SET iso2 = 'RU' WHERE actor_id = 'SUN'", "UPDATE actors SET iso2 = 'KI' WHERE actor_id = 'SUN'", spell("code = '220'", "FRA", "EU") + spell("code = '220'", "DEU", "EU")],
    "deadline_contradicted": [
        expulsion("leave_by = '2022-06-04', note = NULL"), expulsion("leave_by = '2022-05-29', note = NULL"), expulsion("leave_by = '2022-06-05'"),
        expulsion("leave_by = '2022-05-18'"),
    ],
    "deadline_far_off": [
        statement("leave_by = '2022-05-18'"), statement("leave_by = '2023-03-14'"), statement("deadline_hours = 169"), expulsion("leave_by = '2022-06-01'") + statement("leave_by = '2022-06-08'"),
        expulsion("leave_by = '2022-06-01'") + statement("leave_by = '2022-06-09'") + statement("leave_by = '2022-06-09'", IN_UNIT), statement("deadline_hours = 2 * 336 - 1"),
        statement("deadline_hours = 14, standing = 'rejected'"), statement("deadline_hours = 14, covers = 'part'"),
    ],
    "edge_without_trigger": [expulsion("trigger = 'incident'") + f"UPDATE answers SET relation = 'solidarity' WHERE expulsion_id = '{FRA}'"],
    "expulsion_without_statement": [NO_STATEMENT + expulsion("status = 'retracted'"), f"UPDATE statements SET standing = 'authoritative' WHERE expulsion_id = '{FRA}'"],
    "figure_added_twice": [expulsion(f"included_in = '{CAUSE}'", SECOND), expulsion(f"included_in = '{CAUSE}', officials_best = 35", SECOND)],
    "figure_far_off": [
        statement("officials_low = 68, officials_high = 68", IN_UNIT), statement("officials_low = 17, officials_high = 17", IN_UNIT), statement("officials_low = 69, officials_high = 69"),
        statement("officials_low = 69, officials_high = 69, covers = 'part'", IN_UNIT), statement("officials_low = 69, officials_high = 69, standing = 'superseded'", IN_UNIT),
    ],
    "harvest_of_another_day": [harvested("2022-06-18", 102), harvested("2022-04-17", 34), harvested("2022-05-18", 9, ESP)],
    "low_best_high": [expulsion("officials_high = NULL"), expulsion("officials_low = 33, officials_high = 35")],
    "membership_before_organisation": [
        spell("joined_on = '1958-01-01'", "ITA", "EU"), spell("joined_on = '1975-11-15'", "ITA", "G7"), spell("joined_on = '1816-01-01'", "ITA", "COW"),
    ],
    "more_diplomats_than_officials": [expulsion("diplomats = 34"), expulsion("diplomats = 35, officials_high = 35"), expulsion("diplomats = 34, officials_high = NULL")],
    "note_copied": [f"UPDATE expulsions SET note = '{note}' WHERE expulsion_id IN ({ids})" for note, ids in {"One.": f"'{FRA}', '{ITA}'", "Two.": f"'{CAUSE}', '{ITALIAN}'"}.items()]
    + [f"UPDATE expulsions SET note = NULL WHERE expulsion_id IN ('{CAUSE}', '{SECOND}')"],
    "organisation_size_wrong": [
        "INSERT INTO memberships VALUES ('UKR', 'EU', NULL, '2024-07-01', NULL)", "INSERT INTO memberships VALUES ('UKR', 'EU', NULL, '2014-01-01', '2020-01-31')",
    ],
    "origin_is_reprint": [claim(1, f"origin = '{ARTICLE}.c2'") + claim(2, "origin = NULL")],
    "part_above_whole": [statement("covers = 'part', officials_low = 34, officials_high = 34"), statement("covers = 'part', officials_low = 35, standing = 'rejected'")],
    "possible_duplicate": [
        twin(cells)
        for cells in (
            "DATE '2022-06-02' AS announced_on", "DATE '2022-05-03' AS announced_on", "35 AS officials_best", "NULL AS officials_best",
            "'BLR' AS expeller", "'ESP' AS target",
        )
    ],
    "published_before_announced": [
        article("published_on = '2022-05-17'"), article("published_on = '2022-05-01', published_precision = 'month'"),
        article("published_on = '2022-01-01', published_precision = 'year'"),
        article("published_on = '2021-05-18'") + f"UPDATE statements SET standing = 'rejected' WHERE article_id = '{ARTICLE}'",
        "UPDATE articles SET published_on = '2021-05-18' WHERE article_id = 'tass-2022-05-18';" + expulsion("announced_precision = 'month'"),
    ],
    "publisher_misspelt": [
        f"UPDATE articles SET publisher = 'TASSxxx' WHERE article_id = {TASS}", f"UPDATE articles SET publisher = 'TASSx', url = 'https://tass.example/' WHERE article_id = {TASS}",
        f"UPDATE articles SET publisher = 'TASSx', url = NULL WHERE article_id = {TASS}",
    ],
    "reply_without_edge": [expulsion("reply = 'none_found'", CAUSE) + f"UPDATE answers SET relation = 'solidarity' WHERE answers = '{CAUSE}'"],
    "retaliation_not_reversed": [
        expulsion("target = 'EU', nationality = 'RUS'", CAUSE),
        f"UPDATE answers SET answers = '{ITALIAN}', relation = 'solidarity' WHERE expulsion_id = '{FRA}' AND answers = '{CAUSE}'",
    ],
    "retired_id_alive": [f"INSERT INTO retired VALUES ('2022-05-19-RUS-FRA', '{FRA}', 'Twice.')"],
    "scope_wider_than_stated": [
        claim(2, "target_scope = '*', expeller_scope = 'ESP ITA', scope_as_stated = 'by Italy'"), claim(2, "expeller_scope = '*', scope_as_stated = 'in EUR'"),
        claim(2, "scope_as_stated = 'of Italy, by members of the EU'"), claim(2, "target_scope = '*', scope_as_stated = 'by members of the EU'"),
    ],
    "self_expulsion": [expulsion("target = 'ITA'")],
    "single_publisher_confirmed": [
        origins("A", "B") + expulsion("n_publishers = 2"), origins("A") + expulsion("n_publishers = 1, status = 'single_source'"),
        origins("A", "A") + expulsion("n_publishers = 1, status = 'single_source'"),
        origins("A", "B") + f"UPDATE statements SET standing = 'superseded' WHERE expulsion_id = '{FRA}';" + expulsion("n_publishers = 2"),
    ],
    "solidarity_other_target": [f"UPDATE answers SET relation = 'solidarity', expulsion_id = '{ITALIAN}' WHERE answers = '{CAUSE}'"],
    "state_without_iso2": ["UPDATE actors SET iso2 = NULL WHERE actor_id = 'XKX'", "UPDATE actors SET iso2 = NULL, kind = 'organisation' WHERE actor_id = 'NAM'"],
    "statement_of_another_day": [
        statement("announced_on = '2022-05-21'"), statement("announced_on = '2022-05-15'"), statement("announced_on = '2022-01-01', announced_precision = 'month'"),
        statement("announced_on = '2022-01-01', standing = 'rejected'"), expulsion("announced_on = '2022-01-01', announced_precision = 'month'"),
    ],
    "text_without_coder_words": ["INSERT INTO statements SELECT * REPLACE ('x' AS statement_id, says || '!' AS says) FROM statements LIMIT 1"],
    "trigger_without_edge": [NO_EDGE + expulsion("trigger = 'incident'"), f"UPDATE answers SET relation = 'solidarity' WHERE expulsion_id = '{FRA}'"],
    "unexplained_first_move": [NO_EDGE, expulsion("note = NULL"), *(expulsion(f"note = NULL, {cells}") + NO_EDGE for cells in ("expeller = 'BLR'", "announced_on = '2023-01-01'", "announced_on = '2021-12-31'"))],
    "wave_outside_its_time": [*beside_waves(inside=True), *in_waves({"crimea_2014": "2014-12-31", "skripal_2018": "2018-06-30", "navalny_2021": "2021-03-31", "us_2021": "2021-07-31", "vrbetice_2021": "2021-07-31", "ukraine_2022": "2022-12-31"}), *in_waves({"crimea_2014": "2014-02-27", "skripal_2018": "2018-03-04", "navalny_2021": "2021-01-17", "us_2021": "2021-04-15", "vrbetice_2021": "2021-04-17", "ukraine_2022": "2022-02-21"}), *(expulsion(f"target = 'USA', wave = 'us_2016', announced_on = '{day}'") for day in ("2016-12-01", "2017-12-31")), expulsion("wave = NULL, announced_on = '1999-01-01'")],
    "year_beside_day": [
        f"UPDATE statements SET announced_precision = 'year' WHERE expulsion_id = '{FRA}'", statement("announced_precision = 'month'"),
    ],
    "organisation_staff_unspecified": [statement("counted_unit = 'unspecified'"), expulsion("target = 'EU'")],
    "accredited_elsewhere": [statement("accredited_to = 'RUS'"), statement("accredited_to = 'EU'"), statement("accredited_to = 'several'")],
    "agency_misspelt": [article("agency = 'Republic Worlds'"), article("agency = publisher")],
    "basis_without_statement": [edge("basis = 'stated_by_target'"), edge("basis = 'stated_by_press', article_id = 'rfi-2022-05-18'")],
    "ceiling_without_cut": [
        statement(f"measure = 'staff_ceiling', {cells}")
        for cells in ("officials_low = NULL, says = 'Russia has France halve its staff.'", "officials_low = NULL, says = 'France goes from nine to four.'", "ceiling = 9", "posts_cut = 9", "officials_low = 34", "officials_low = NULL, says = 'Russia lowers the number of the French.'", "officials_low = NULL, standing = 'rejected'")
    ],
    "closed_post_with_people": [
        expulsion("measure = 'post_closed', persons_ordered = 'no'"), expulsion("measure = 'mixed'"),
        expulsion("measure = 'post_closed'") + statement("says = 'Russia closes the French consulate and gives its staff 72 hours.'"),
    ],
    "deadline_of_its_own": [statement("leave_by = '2022-06-03'"), statement("leave_by = '2022-05-30'"), statement("leave_by = '2022-07-01', announced_precision = 'month'")],
    "denied_by_outsider": [edge("denied_by = 'FRA'"), edge("denied_by = 'RUS'")],
    "disclosed_by_silent": [
        expulsion("disclosed_by = 'press'"), expulsion("disclosed_by = 'target'"), expulsion("disclosed_by = 'target', status = 'retracted'", SECOND),
        SPOKEN.format("third_party", "press"), expulsion("disclosed_by = 'press', note = 'Told by a broadcaster.'") + "DELETE FROM statements WHERE statement_id = 'francetvinfo-2022-06-19.2'",
    ],
    "dispute_without_word": [expulsion("status = 'disputed'"), expulsion("status = 'confirmed', note = NULL")],
    "earlier_figure_stands": [
        statement(f"officials_low = 33, officials_high = 33, {cells}")
        for cells in ("standing = 'superseded'", "covers = 'part'", "vantage = 'target'", "attribution = 'press'", "qualifier = 'about'", "counted_unit = 'unspecified'", "diplomats = 3")
    ] + [statement("officials_low = 33")],
    "edge_article_silent": [edge("article_id = 'rfi-2022-05-18'")],
    "figure_unlike_text": [
        statement(f"officials_low = {figure}, officials_high = {figure}, diplomats = {part}, says = 'Moscow sends {says}.'")
        for figure, part, says in (
            (34, "NULL", "thirty-four out"), (34, "20", "20 diplomats out, with others"), (34, "20", "fourteen clerks out, with others"), (34, "NULL", "20 diplomats and 14 clerks out"),
            (34, "NULL", "many out within 72 hours of 9 May 2022 under Article 9"), (34, "NULL", "many out within 15 calendar days"), (1, "NULL", "one of two diplomats out"), (1, "NULL", "the consul out, in answer to two expulsions"),
            (34, "NULL", "the ambassador and 33 more out"), (35, "NULL", "the military attaché, his deputy and 33 others out"), (1, "NULL", "their ambassador out over two officials"),
            (34, "NULL", "so many out that France falls from forty to six"),
        )
    ] + [statement("officials_low = 43, officials_high = 43, standing = 'rejected'"), statement("officials_low = 30, officials_high = 40")],
    "gap_reason_without_gap": [claim(1, "figure = 1, gap_reason = 'earlier_figure'"), claim(1, "gap_reason = NULL")],
    "ground_without_edge": [NO_EDGE + expulsion(cells) for cells in ("trigger = 'sanctions'", "trigger = 'none_stated', status = 'retracted'", "ground_retaliation = false")],
    "host_of_other_letters": [article("url = 'https://www.xn--b1aew.xn--p1ai/a'"), article("url = 'https://www.example.org/xn--a.b/'")],
    "kind_unlike_publisher": [f"UPDATE articles SET kind = 'newspaper', publisher = 'TASS one' WHERE article_id = {TASS}", "UPDATE articles SET kind = 'newspaper' WHERE publisher = 'TASS' AND article_id < 'tass-2021-04-23'"],
    "language_unlike_site": [
        "UPDATE articles SET language = 'ro', url = 'https://ro.urdupoint.com/' WHERE article_id = (SELECT min(article_id) FROM articles WHERE url LIKE '%//www.urdupoint.com/%')",
        "".join(f"UPDATE articles SET language = '{language}' WHERE article_id = (SELECT {last}(article_id) FROM articles WHERE url LIKE '%//www.urdupoint.com/%');" for language, last in (("ro", "min"), ("fr", "max"))),
    ],
    "leaves_at_once": [statement("leave_by = announced_on + 1"), statement("leave_by = announced_on, announced_precision = 'month'"), statement("leave_by = announced_on, says = 'Russia tells 34 French diplomats to be gone today.'")],
    "nationality_beside_state": [expulsion("target = 'UN'") + statement("nationality = 'FRA'"), expulsion("target = 'VAT'") + statement("nationality = 'POL'")],
    "no_order_said": [statement(f"says = '{says}'") for says in (
        "Russia summoned the French ambassador and told him that 34 have to leave.", "Russia expels 34 French diplomats and refuses a visa to one.", "France protested against the expulsion of 34 diplomats.",
        "Russia, which had threatened to expel them, declared 34 French diplomats persona non grata.", "In May 2022 Russia ordered them out, and France protested.",
        "Russia demands that 34 French diplomats return home.", "France protested that Russia broke with it.", "Officers on a plane ordered them off, and France protested.", "Russia gave the French two weeks and promised more.",
    )] + [statement("says = 'France protested.', standing = 'rejected'")],
    "reversed_duplicate": [
        expulsion(f"officials_best = 34, measure = 'persona_non_grata', announced_on = '{day}'", CAUSE) + edges
        for day, edges in (("2022-05-10", f"DELETE FROM answers WHERE answers = '{CAUSE}'"), ("2022-05-11", ""))
    ] + [
        expulsion(f"announced_on = '2022-05-11', {cells}", CAUSE) + f"DELETE FROM answers WHERE answers = '{CAUSE}'"
        for cells in ("officials_best = 34", "measure = 'persona_non_grata'")
    ],
    "sides_turned": [statement(f"says = '{says}'") for says in (
        "Russia expelled 34 French diplomats.", "Russia expelled 34 diplomats, in answer to the removal of Russian diplomats.", "The French ministry said that 34 diplomats are ordered out of Russia.",
        "France called the Russian order hostile.", "Russia declared 34 Moscow-based diplomats unwelcome.",
    )],
    "statement_twice": [
        f"INSERT INTO statements SELECT * REPLACE ('z' AS statement_id, {cells}) FROM statements WHERE statement_id = '{STATEMENT}'"
        for cells in ("'third_party' AS vantage", "33 AS officials_low", "'part' AS covers", "'rejected' AS standing", "'x' AS expulsion_id", "'x' AS article_id")
    ],
    "stayers_as_leavers": [statement(f"says = 'Russia tells France that {says}.'") for says in (
        "34 must leave and 20 may stay", "its staff is cut by 34", "34 people of three posts must leave", "the embassy may keep no more than 340 people",
    )],
    "subregion_of_two_regions": ["UPDATE actors SET un_region = 'Asia' WHERE un_subregion = 'Western Europe'"],
    "third_state_named": [
        statement(f"says = '{says}'") for says in (
            "Russia expels 34 French diplomats, as Germany says.", "The ministry expels 34 French diplomats under the Vienna Convention.", "The ministry expels 34 French diplomats who helped in the war on Ukraine.",
            "The ministry expels 34 French diplomats in solidarity with Belarus.", "The ministry expels 34 JUSTICE officers.", "The ministry expels 34.",
        )
    ] + [expulsion("target = 'UN'") + statement("says = 'Russia expels 34 Germans.'")] + [statement("says = 'Germany expels 34.', standing = 'rejected'")],
    "total_of_several": [statement("says = 'Russia expels 34 people in all, says France; other states expel more.'"), statement("says = 'Russia and other states expel 34 French diplomats.'")],
    "war_before_war": [statement("ground_war = true") + expulsion("announced_on = '2014-02-27'"), statement("ground_war = true") + expulsion("announced_on = '1991-01-01', expeller = 'IRQ'")],
    "wave_trigger_without_wave": [expulsion("trigger = 'wave'"), expulsion("wave = NULL")],
    "agency_left_out": ["UPDATE articles SET agency = NULL, publisher = 'Tass one' WHERE article_id = (SELECT min(article_id) FROM articles WHERE publisher = 'TASS')"],
    "cow_code_unlike_gw": ["DELETE FROM memberships WHERE actor_id = 'FRA' AND organisation = 'GW'", spell("code = '221'", "FRA", "EU")],
    "edge_without_ground": [
        expulsion("ground_retaliation = false") + f"UPDATE answers SET basis = 'inferred' WHERE expulsion_id = '{FRA}'",
        f"UPDATE answers SET basis = 'stated_by_press', relation = 'solidarity' WHERE expulsion_id = '{FRA}'",
    ],
    "iso2_unlike_id": ["UPDATE actors SET iso2 = 'FA' WHERE actor_id = 'FRA'", "UPDATE actors SET iso2 = NULL, iso2_former = 'FR' WHERE actor_id = 'FRA'", "UPDATE actors SET iso2 = NULL WHERE actor_id = 'FRA'"],
    "scope_other_than_stated": [
        claim(2, f"expeller_scope = 'RUS', {cells}")
        for cells in (
            "target_scope = 'ITA', scope_as_stated = 'Italians'", "target_scope = 'ITA', scope_as_stated = 'line of a list: ITA'", "target_scope = '* -ITA', scope_as_stated = 'the French'",
            "target_scope = 'ITA FRA', scope_as_stated = 'the French and others'", "target_scope = 'ITA', scope_as_stated = 'Italians of Soviet days'",
            "target_scope = 'PRK', scope_as_stated = 'North Korean ambassadors'", "target_scope = 'ITA', scope_as_stated = 'Italians in Latin American states'",
        )
    ],
    "spells_overlap": [
        "UPDATE memberships SET left_on = '1999-12-31' WHERE actor_id = 'FRA' AND organisation = 'EU';"
        "INSERT INTO memberships BY NAME SELECT 'FRA' AS actor_id, 'EU' AS organisation, DATE '2000-01-01' AS joined_on",
    ],
}  # fmt: skip


def test_every_rule_has_its_plants_and_near_misses() -> None:
    assert sorted(PLANTS) == sorted(NEAR_MISSES) == sorted(path.stem for path in run.RULES.glob("*.sql"))


def _selected(loose: duckdb.DuckDBPyConnection, name: str) -> list[tuple]:
    return loose.sql((run.RULES / f"{name}.sql").read_text(encoding="utf-8")).fetchall()


def _newly(loose: duckdb.DuckDBPyConnection, name: str, change: str) -> list[str]:
    """What a rule selects after a change and did not before."""
    before = set(map(repr, _selected(loose, name)))
    loose.execute(change)
    return [row for row in map(repr, _selected(loose, name)) if row not in before]


def _cases(table: dict[str, list[str]]) -> list:
    return [pytest.param(name, change, id=f"{name}-{n}") for name, changes in table.items() for n, change in enumerate(changes)]


def test_rules_select_nothing_of_the_real_tables_but_what_is_waived(loose: duckdb.DuckDBPyConnection) -> None:
    """And each waiver excuses something."""
    broken, idle = run.waive(run.violations(loose))
    assert {name: rows.to_dict("records") for name, rows in broken.items() if len(rows)} == {} and idle == []


@pytest.mark.parametrize(("name", "change"), _cases(PLANTS))
def test_rule_selects_the_planted_row(loose: duckdb.DuckDBPyConnection, name: str, change: str) -> None:
    assert _newly(loose, name, change)


@pytest.mark.parametrize(("name", "change"), _cases(NEAR_MISSES))
def test_rule_leaves_a_near_miss_alone(loose: duckdb.DuckDBPyConnection, name: str, change: str) -> None:
    assert not _newly(loose, name, change)


@pytest.mark.parametrize("name", ["edge_without_trigger", "code_of_two_actors"])
def test_a_fault_is_told_once(loose: duckdb.DuckDBPyConnection, name: str) -> None:
    """However many edges or spells show it: the decision has two causes, each of the two states more than one spell."""
    assert len(_newly(loose, name, PLANTS[name][0])) == 1


def test_both_spellings_lead_to_their_articles(loose: duckdb.DuckDBPyConnection) -> None:
    """Each article under either spelling is told once, though many share them."""
    loose.execute(PLANTS["publisher_misspelt"][0])
    result = [row[0] for row in _selected(loose, "publisher_misspelt")]
    of_either = loose.sql("SELECT article_id FROM articles WHERE publisher IN ('TASS', 'TASSxx')").fetchall()
    assert sorted(result) == sorted(key for (key,) in of_either) and len(result) > 1


def test_every_actor_has_its_names(loose: duckdb.DuckDBPyConnection) -> None:
    assert loose.sql("SELECT actor_id FROM actors WHERE names_of(actor_id) = actor_id").fetchall() == []


@pytest.mark.parametrize(
    ("text", "actor", "named"),
    [
        ("MINUSMA's US staff", "USA", True), ("MINUSMA's staff", "USA", False), ("a non-US consul", "USA", True), ("(U.S. embassy)", "USA", True), ("the USSR", "USA", False),
        ("Equatorial Guinea", "GIN", False), ("Equatorial Guinea", "GNQ", True), ("Guinea", "GIN", True), ("Guinea-Bissau", "GIN", False), ("Guinea-Bissau", "GNB", True),
        ("South Sudan's ministry", "SDN", False), ("South Sudan's ministry", "SSD", True), ("Sudanese", "SDN", True), ("Nigeria", "NER", False), ("Niger.", "NER", True),
        ("the Dominican ambassador", "DMA", False), ("Port-au-Prince", "HTI", True), ("Romania", "OMN", False), ("Oman", "OMN", True),
        ("the North Korean ambassador", "KOR", False), ("the North Korean ambassador", "PRK", True), ("South Korea", "KOR", True), ("Latin American states", "USA", False),
    ],
)  # fmt: skip
def test_an_actor_is_named_by_whole_words(text: str, actor: str, named: bool) -> None:
    with duckdb.connect() as connection:
        connection.execute(run.WORDS.read_text(encoding="utf-8"))
        assert connection.execute("SELECT named(spaced(?), ?)", [text, actor]).fetchall()[0][0] is named


def test_numbers_are_read_in_digits_and_words() -> None:
    """Not those of days, years, periods, articles, and of a virus."""
    texts = {
        "Twenty-four of 58 go, a dozen stay.": [24, 58, 12],
        "By 9 May 2022, within 72 hours or two weeks, under Article 9, for Covid-19 on 28 and 29 November, in 15 calendar days.": [],
        "One of eighteen; both go in March 2018.": [1, 18, 2],
        "Nobody goes.": [],
    }
    with duckdb.connect() as connection:
        connection.execute(run.WORDS.read_text(encoding="utf-8"))
        assert {text: connection.execute("SELECT numbers_in(?)", [text]).fetchall()[0][0] for text in texts} == texts
