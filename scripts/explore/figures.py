"""``make figures``: the headline curve with the published totals on it, and the table of what each total left out."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import matplotlib as mpl
import matplotlib.ticker

from scripts.package.contract import product
from scripts.package.store import command
from scripts.query import database

mpl.use("svg")
# What a user's matplotlibrc may say otherwise: rcdefaults, which undoes the rest, leaves the last two.
STYLE = {"svg.hashsalt": "diplomatic-expulsions", "svg.fonttype": "none", "timezone": "UTC", "date.epoch": "1970-01-01T00:00:00"}
INK, SOFT, FAINT, BAND, MARK = "#1b1f24", "#5b6570", "#a9b2bb", "#c9d8ea", "#b3261e"
# Of each panel its first and last day, the day at which labels end, and how far they are lifted off their marks.
SPANS = [
    (date(2022, 2, 20), date(2022, 5, 26), date(2022, 3, 24), 60),
    (date(2022, 5, 26), date(2026, 12, 31), date(2026, 9, 1), 0),
]
NAMED = {
    "AFP": "AFP", "Center for Strategic and International Studies": "CSIS", "Financial Times": "Financial Times",
    "Foreign Policy": "Foreign Policy", "MI5": "MI5", "Ministry of Foreign Affairs of Russia": "Russia's ministry",
    "Ministry of Foreign Affairs of Ukraine": "Ukraine's ministry", "RIA Novosti": "RIA Novosti", "TASS": "TASS",
    "The Guardian": "The Guardian", "The Telegraph": "The Telegraph", "The Washington Post": "Washington Post",
}  # fmt: skip

CLAIMS = """
SELECT k.as_of, k.figure, k.claimed_by, k.qualifier, k.ours_known, k.n_unknown, k.difference, k.gap_reason, k.claim_id, k.agrees,
    k.ours_low, k.ours_high, k.since, k.expeller_scope, k.explained
FROM claim_checks AS k
WHERE k.kind = 'total' AND k.part_of IS NULL AND k.origin IS NULL AND k.target_scope = $target AND k.since BETWEEN $first AND $last
    AND k.counted NOT IN ('expellers', 'posts') AND k.figure >= $least AND (contains(k.expeller_scope, '*') OR $states)
ORDER BY k.as_of, k.figure, k.claim_id
"""
# What the counts have in common: the days on which they begin, and a size below which they count single states or regions.
INVASION = {"target": "RUS", "states": False, "first": date(2022, 1, 1), "last": date(2022, 2, 24), "least": 150}
SKRIPAL = {"target": "RUS", "states": False, "first": date(2018, 3, 4), "last": date(2018, 3, 26), "least": 110}
SOVIET = {"target": "SUN", "states": True, "first": date(1946, 1, 1), "last": date(1991, 12, 25), "least": 1}
BETWEEN = "\nThe same for the totals of the Skripal wave of March and April 2018 that were printed as exact:\n\n"
ALL_YEARS = """
Officials of the Soviet Union that others expelled, by decade as this dataset knows them, and the totals that others published beside what its
rows explain of them:

"""
DECADES = """
SELECT year(announced_on) // 10 * 10, count(*), known_sum(officials_best, unknown), count(*) FILTER (unknown), low_sum(officials_low),
    high_sum(officials_high, officials_best, unknown)
FROM expulsion_dyads WHERE counts AND in_scope AND target = 'SUN' GROUP BY ALL ORDER BY ALL"""
DAYS = """
SELECT day, cumulative_low, cumulative_known, cumulative_known_high, cumulative_unknown
FROM cumulative_officials('RUS', DATE '2022-02-24') ORDER BY day"""
OPEN = "SELECT count(*) FROM expulsion_dyads WHERE counts AND open AND target = 'RUS' AND announced_on >= DATE '2022-02-24'"
REGIONS = {
    "Europe": "#1f4e79",
    "Asia": "#b3261e",
    "Africa": "#c78a00",
    "Americas": "#3c7d4f",
    "Oceania": "#7a5195",
    "organisations": "#a9b2bb",
}
# From the first day that is promised of everyone with everyone, so that earlier years of some do not stand beside later ones of all.
BY_REGION = """
SELECT year(announced_on)::INTEGER, coalesce(a.un_region, 'organisations'), count(*)
FROM expulsion_dyads AS e JOIN actors AS a ON a.actor_id = e.expeller
WHERE counts AND in_scope AND announced_on >= (
    SELECT coalesce(min(period_from) FILTER (starts_with(expeller_scope, '*') AND starts_with(target_scope, '*')), min(period_from)) FROM scope
)
GROUP BY ALL ORDER BY ALL"""
MISSED = """
SELECT from_year, sum(estimate - n_found), sum(estimate_low - n_found), sum(estimate_high - n_found)
FROM capture_recapture WHERE region = '*' AND until_year - from_year = 4 AND from_year >= $since GROUP BY ALL HAVING count(estimate) > 0 ORDER BY ALL"""
BRACKETS = "Brackets: what two searches, blind to each other, have both missed, at least (95 % interval); quiet expulsions are in neither."
# Of each year and direction what is the least, and what is known, at the high ends of those figures that have one.
BY_YEAR = """
SELECT year(announced_on)::INTEGER, target IN ('SUN', 'RUS') AS suffered, low_sum(officials_low),
    coalesce(sum(coalesce(officials_high, officials_best, officials_low)), 0)::INTEGER
FROM expulsion_dyads WHERE counts AND in_scope AND (target IN ('SUN', 'RUS') OR expeller IN ('SUN', 'RUS'))
GROUP BY ALL ORDER BY ALL"""
# Others' totals of one calendar year.
YEARLY = """
SELECT DISTINCT year(since)::INTEGER, figure FROM claim_checks
WHERE kind = 'total' AND origin IS NULL AND expeller_scope = '*' AND target_scope IN ('SUN', 'RUS') AND counted NOT IN ('expellers', 'posts')
    AND since = make_date(year(since), 1, 1) AND as_of = make_date(year(since), 12, 31) ORDER BY ALL"""
MIRROR = (
    "Up: officials of the Soviet Union, from 26 December 1991 of Russia, that others expelled; down: others' that Moscow expelled. Dark: low,\n"
    "light: to the high ends that are known; decisions without any figure are in neither. Circles: totals of the year that others published."
)
HOLDS = {
    "exact": "lies in our range",
    "about": "holds as a round number",
    "at_least": "holds as a lower bound",
    "at_most": "holds as an upper bound",
}
QUALIFIER = {"exact": "", "about": "about ", "at_least": "at least ", "at_most": "at most "}


def first_published(claims: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Each counter's figure once, on the first day it was published."""
    first: dict[tuple[Any, Any], tuple[Any, ...]] = {}
    for claim in claims:
        first.setdefault((claim[2], claim[1]), claim)
    return list(first.values())


def curve(days: list[tuple[Any, ...]], claims: list[tuple[Any, ...]], n_open: int, outlined: bool = False) -> dict[str, bytes]:
    """The figure as ``svg`` and, for papers, ``png`` (200 dots an inch), the same bytes for the same data.

    ``days`` are rows of ``DAYS``, ``n_open`` the number of figures in them whose upper end is open. Texts that are ``outlined`` need no font.
    """
    with _styled(outlined):
        return _drawn(days, claims, caption(days[-1][4], n_open))


@contextmanager
def _styled(outlined: bool) -> Iterator[None]:
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE | ({"svg.fonttype": "path"} if outlined else {}))
        yield


def years(rows: list[tuple[int, int, int]]) -> bytes:
    """Decisions and officials by year as bars side by side, an ``svg`` with outlined texts; ``rows`` of year, decisions and officials."""
    import matplotlib.pyplot as plt

    with _styled(outlined=True):
        figure, panels = plt.subplots(1, 2, figsize=(10, 2.9), facecolor="white")
        figure.subplots_adjust(left=0.05, right=0.99, top=0.88, bottom=0.11, wspace=0.13)
        for panel, k, title in zip(panels, (1, 2), ("Decisions", "Officials expelled"), strict=True):
            panel.bar([row[0] for row in rows], [row[k] for row in rows], width=0.75, color=INK if k == 1 else MARK)
            panel.set_title(title, loc="left", fontsize=11, color=INK)
            panel.spines[["top", "right"]].set_visible(False)
            panel.tick_params(colors=SOFT, labelsize=9)
            panel.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
            panel.grid(axis="y", color="#e4e8ec", linewidth=0.7)
            panel.set_axisbelow(True)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    return buffer.getvalue()


def by_region(rows: list[tuple[int, str, int]], missed: list[tuple[int, float, float, float]]) -> dict[str, bytes]:
    """Decisions by year, stacked by the expeller's region, under what is estimated to be missed in five years, as ``svg`` and ``png``.

    ``rows`` of ``BY_REGION``, ``missed`` of ``MISSED``.
    """
    import matplotlib.pyplot as plt

    with _styled(outlined=False):
        figure, panel = plt.subplots(figsize=(10, 4.6), facecolor="white")
        figure.subplots_adjust(left=0.05, right=0.985, top=0.86, bottom=0.075)
        below: dict[int, int] = {}
        for region, colour in REGIONS.items():
            counted = {year: n for year, of, n in rows if of == region}
            if counted:
                panel.bar(
                    list(counted), list(counted.values()), bottom=[below.get(y, 0) for y in counted], width=0.8, color=colour, label=region
                )
            below |= {year: below.get(year, 0) + n for year, n in counted.items()}
        top, final = max(below.values()), max(below)
        for first, most, low, high in missed:
            left, right = first - 0.4, min(first + 4, final) + 0.4
            panel.plot([left, left, right, right], [top * k for k in (1.07, 1.1, 1.1, 1.07)], color=SOFT, linewidth=0.9)
            output = f"+{most:.0f} ({low:.0f}–{high:.0f})"
            panel.annotate(output, ((left + right) / 2, top * 1.115), fontsize=8.5, color=INK, ha="center", va="bottom")
        panel.set_xlim(min(below) - 0.8, final + 0.8)
        panel.set_ylim(0, top * 1.19)
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(colors=SOFT, labelsize=9)
        panel.xaxis.set_major_locator(mpl.ticker.MultipleLocator(5))
        panel.grid(axis="y", color="#e4e8ec", linewidth=0.7)
        panel.set_axisbelow(True)
        key = {"title": "Expeller in", "title_fontsize": 9, "labelcolor": INK, "fontsize": 9, "frameon": False, "alignment": "left"}
        panel.legend(loc="upper left", bbox_to_anchor=(0, 0.9), **key)
        figure.text(0.05, 0.955, "Decisions to expel diplomats and other officials, by year announced", fontsize=13, color=INK)
        figure.text(0.05, 0.935, BRACKETS if missed else "", fontsize=9, color=SOFT, va="top")
        return _formats(figure)


def by_year(rows: list[tuple[int, bool, int, int]], totals: list[tuple[int, int]]) -> dict[str, bytes]:
    """Moscow's officials expelled by year, and below the line those whom Moscow expelled, as ``svg`` and ``png``.

    ``rows`` of ``BY_YEAR``, ``totals`` of ``YEARLY``.
    """
    import matplotlib.pyplot as plt

    with _styled(outlined=False):
        figure, panel = plt.subplots(figsize=(10, 4.6), facecolor="white")
        figure.subplots_adjust(left=0.05, right=0.985, top=0.82, bottom=0.075)
        for suffered, dark, light in ((True, MARK, "#eec4c0"), (False, "#1f4e79", BAND)):
            drawn = [(year, low, high) for year, whose, low, high in rows if whose == suffered]
            sign = 1 if suffered else -1
            panel.bar([r[0] for r in drawn], [sign * r[2] for r in drawn], width=0.8, color=light)
            panel.bar([r[0] for r in drawn], [sign * r[1] for r in drawn], width=0.8, color=dark)
        panel.scatter([t[0] for t in totals], [t[1] for t in totals], s=22, facecolor="white", edgecolor=INK, linewidth=1.1, zorder=4)
        panel.axhline(0, color=INK, linewidth=0.8)
        panel.set_xlim(rows[0][0] - 0.8, rows[-1][0] + 0.8)
        panel.spines[["top", "right", "bottom"]].set_visible(False)
        panel.tick_params(colors=SOFT, labelsize=9)
        panel.xaxis.set_major_locator(mpl.ticker.MultipleLocator(5))
        panel.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
        panel.grid(axis="y", color="#e4e8ec", linewidth=0.7)
        panel.set_axisbelow(True)
        figure.text(0.05, 0.945, "Officials expelled by year, Moscow's and by Moscow", fontsize=13, color=INK)
        figure.text(0.05, 0.925, MIRROR, fontsize=9, color=SOFT, va="top", linespacing=1.4)
        return _formats(figure)


def caption(n_unknown: int, n_open: int) -> str:
    """What line, band and circles are, and why the band has no upper end, if so."""
    ends = [f"decisions without a published figure, not in it: {n_unknown}"] if n_unknown else []
    ends += [f"figures open above, at their best: {n_open}"] if n_open else []
    text = "Line: this dataset, best figures (band: low to high). Circles: totals that others published, each on its own scope."
    return text + (f"\nThe band is no upper bound ({'; '.join(ends)})." if ends else "")


def _drawn(days: list[tuple[Any, ...]], claims: list[tuple[Any, ...]], text: str) -> dict[str, bytes]:
    import matplotlib.dates as mdates
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(1, 2, sharey=True, figsize=(10, 5.4), width_ratios=[3, 2], facecolor="white")
    figure.subplots_adjust(left=0.05, right=0.98, top=0.86, bottom=0.08, wspace=0.04)
    days = [*days, (SPANS[1][1], *days[-1][1:])]
    xs = [row[0] for row in days]
    for panel, (start, end, column, lift) in zip(panels, SPANS, strict=True):
        panel.fill_between(xs, [r[1] for r in days], [r[3] for r in days], step="post", color=BAND, linewidth=0)
        panel.step(xs, [r[2] for r in days], where="post", color=INK, linewidth=1.8)
        inside = [c for c in claims if start <= c[0] < end]
        named = {(c[2], c[1]) for c in inside if c[2] in NAMED}
        panel.scatter([c[0] for c in inside], [c[1] for c in inside], s=18, facecolor="white", edgecolor=FAINT, linewidth=1, zorder=3)
        marked = [c for c in inside if (c[2], c[1]) in named]
        panel.scatter([c[0] for c in marked], [c[1] for c in marked], s=26, facecolor="white", edgecolor=MARK, linewidth=1.3, zorder=4)
        _label(panel, marked, column, lift)
        panel.set_xlim(start, end)
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(colors=SOFT, labelsize=9)
        panel.grid(axis="y", color="#e4e8ec", linewidth=0.7)
        panel.set_axisbelow(True)
    panels[0].xaxis.set_major_formatter(mdates.DateFormatter("%-d %b"))
    panels[1].xaxis.set_major_locator(mdates.YearLocator())
    panels[1].xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    panels[1].tick_params(left=False)
    panels[1].spines["left"].set_visible(False)
    panels[0].set_ylim(0, max(row[3] for row in days) * 1.1)
    figure.text(0.05, 0.95, "Russian officials expelled since 24 February 2022", fontsize=13, color=INK)
    figure.text(0.05, 0.93, text, fontsize=9, color=SOFT, va="top", linespacing=1.4)
    return _formats(figure)


def _formats(figure: Any) -> dict[str, bytes]:
    """The figure as ``svg`` and ``png``; what would differ from run to run, the day and the program's version, is left out."""
    import matplotlib.pyplot as plt

    formats: dict[str, dict[str, Any]] = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
    drawn = {}
    for name, metadata in formats.items():
        buffer = io.BytesIO()
        figure.savefig(buffer, format=name, metadata=metadata, dpi=200)
        drawn[name] = buffer.getvalue()
    plt.close(figure)
    return drawn


def _label(panel: Any, claims: list[tuple[Any, ...]], column: date, lift: int) -> None:
    """Names in a column where the panel is empty, each tied to its mark by a thin line."""
    height = -100.0
    for claim in sorted(claims, key=lambda c: (c[1], c[0])):
        height = max(height + 27, claim[1] + lift)
        panel.annotate(
            f"{NAMED[claim[2]]} {QUALIFIER[claim[3]].replace('at least ', '≥ ').replace('about ', '≈ ')}{claim[1]}",
            (claim[0], claim[1]), xytext=(column, height), fontsize=9, color=MARK, ha="right", va="center",
            arrowprops={"arrowstyle": "-", "color": MARK, "linewidth": 0.5, "shrinkA": 3, "shrinkB": 3, "relpos": (1, 0.5)},
        )  # fmt: skip


def table(claims: list[tuple[Any, ...]], reasons: dict[str, str]) -> str:
    """Markdown: each published total beside ours on its day and scope, and the reason of the gap."""
    head = "| Day | Counted by | Published | Ours, same scope | Difference | What explains it |\n|---|---|---:|---:|---:|---|\n"
    rows = []
    for claim in claims:
        as_of, figure, claimed_by, qualifier, known, n_unknown, difference, reason, claim_id, agrees, low, high = claim[:12]
        holds = HOLDS[qualifier] if difference or qualifier not in ("exact", "about") else "they agree"
        why = reasons[reason] if reason else holds if agrees else "not explained"
        ours = total(known, n_unknown, low, high)
        rows.append(f"| {as_of} | {claimed_by} | {QUALIFIER[qualifier]}{figure} | {ours} | {difference:+d} | {why} (`{claim_id}`) |\n")
    return head + "".join(rows)


def shares(decades: list[tuple[int, int, int, int, int, int | None]], claims: list[tuple[Any, ...]]) -> str:
    """Markdown: what is known of each decade, rows of ``DECADES``, and the share of each published total that it explains."""
    rows = ["| Decade | Decisions | Officials |\n|---|---:|---:|\n"]
    rows += [f"| {decade}s | {n} | {total(known, n_unknown, low, high)} |\n" for decade, n, known, n_unknown, low, high in decades]
    rows.append("\n| From | To | Expelled by | Counted by | Published | Ours, same scope | Explained |\n|---|---|---|---|---:|---:|---:|\n")
    for as_of, figure, claimed_by, qualifier, known, n_unknown, _, _, claim_id, _, low, high, since, expellers, explained in claims:
        whose = "anybody" if expellers == "*" else expellers
        count = f"{QUALIFIER[qualifier]}{figure} | {total(known, n_unknown, low, high)} | {explained} %"
        rows.append(f"| {since} | {as_of} | {whose} | {claimed_by} (`{claim_id}`) | {count} |\n")
    return "".join(rows)


def total(known: int, n_unknown: int, low: int, high: int | None) -> str:
    """Our total as it stands in tables: what is known, decisions without a figure, both ends."""
    return f"{known}" + (f" + {n_unknown} unknown" if n_unknown else "") + ends(low, known, high)


def ends(low: int, known: int, high: int | None) -> str:
    """Both ends of our total behind it, where they say more than it does."""
    if high is None:
        return f" (at least {low})" if low != known else ""
    return f" ({low}–{high})" if low != high else ""


def text(claims: list[tuple[Any, ...]], wave: list[tuple[Any, ...]], reasons: dict[str, str], soviet: str) -> str:
    """The tables: named counters since the invasion, exact totals of the Skripal wave, and those of Soviet officials."""
    named, exact = [c for c in claims if c[2] in NAMED], [c for c in wave if c[3] == "exact"]
    return table(named, reasons) + BETWEEN + table(exact, reasons) + ALL_YEARS + soviet


def main() -> None:
    """Draw the figure and write the table beside it."""
    with command("figures") as store:
        contract = product()
        reasons = contract["claims"].fields["gap_reason"].labels
        with database.opened(store.build, contract) as connection:
            days = connection.execute(DAYS).fetchall()
            n_open = connection.execute(OPEN).fetchall()[0][0]
            claims, wave = (first_published(connection.execute(CLAIMS, count).fetchall()) for count in (INVASION, SKRIPAL))
            regions = connection.execute(BY_REGION).fetchall()
            world = by_region(regions, connection.execute(MISSED, {"since": regions[0][0]}).fetchall())
            soviet = shares(connection.execute(DECADES).fetchall(), connection.execute(CLAIMS, SOVIET).fetchall())
            moscow = by_year(connection.execute(BY_YEAR).fetchall(), connection.execute(YEARLY).fetchall())
        drawn = {f"build/figures/officials.{name}": content for name, content in curve(days, claims, n_open).items()}
        drawn |= {f"build/figures/decisions.{name}": content for name, content in world.items()}
        drawn |= {f"build/figures/moscow.{name}": content for name, content in moscow.items()}
        store.commit(drawn | {"build/figures/claims.md": text(claims, wave, reasons, soviet).encode()})
        store.message = f"{len(claims)} published totals on the curve"


if __name__ == "__main__":
    main()
