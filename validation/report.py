"""The validation report as one page that needs nothing else: no script, no other host."""

from html import escape
from typing import Any

STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6570;--line:#d5dae0;--ground:#fff;--good:#176b34;--bad:#b3261e;--tint:#f4f6f8}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#a4adb7;--line:#39424c;--ground:#14181d;--good:#7bd493;--bad:#ff9a92;--tint:#1c2229}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
p{margin:.4rem 0;max-width:46rem}code{font-size:.88em;overflow-wrap:anywhere}.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}td:nth-child(-n+2){min-width:13rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th{background:var(--tint);font-weight:600}td:nth-child(3),td:nth-child(4),th:nth-child(3),th:nth-child(4){text-align:right;font-variant-numeric:tabular-nums}
details{border-top:1px solid var(--line)}summary{cursor:pointer;padding:.55rem 0;font-weight:600}summary:focus-visible{outline:2px solid var(--good)}
"""


def page(results: dict[str, Any]) -> str:
    """HTML of the outcome of ``validation.run.validate``."""
    checks = [check for suite in results["suites"] for check in suite["checks"]]
    failed = sum(not check["success"] for check in checks) + len(results["frictionless"])
    verdict = '<span class="good">all hold</span>' if not failed else f'<span class="bad">{failed} failed</span>'
    sections = "".join(_section(suite, results["rules"]) for suite in results["suites"])
    form = (
        "".join(f"<li>{escape(e)}</li>" for e in results["frictionless"])
        or "<li class='good'>Frictionless: descriptor, types, keys and references are valid.</li>"
    )
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>Validation of Diplomatic Expulsions {escape(results['version'])}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>Validation of Diplomatic Expulsions {escape(results['version'])}</h1>"
        f"<p>{len(checks)} expectations in {len(results['suites'])} suites: {verdict}.</p>"
        f"<p class='soft'>Fingerprint of the tables: <code>{escape(results['fingerprint'])}</code></p>"
        f"<ul>{form}</ul>{sections}</main></body></html>\n"
    )


def _section(suite: dict[str, Any], rules: dict[str, list[dict[str, Any]]]) -> str:
    failed = sum(not check["success"] for check in suite["checks"])
    state = f"<span class='bad'>{failed} failed</span>" if failed else "<span class='good'>all hold</span>"
    rows = "".join(_row(check, rules) for check in suite["checks"])
    return (
        f"<details{' open' if failed else ''}><summary>{escape(suite['suite'])} "
        f"<span class='soft'>({len(suite['checks'])})</span> {state}</summary><div class='scroll' tabindex='0' role='region' aria-label='{escape(suite['suite'])}'><table><thead><tr>"
        "<th scope='col'>Expectation</th><th scope='col'>Reason</th><th scope='col'>Checked</th><th scope='col'>Unexpected</th>"
        f"<th scope='col'>Outcome</th></tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _row(check: dict[str, Any], rules: dict[str, list[dict[str, Any]]]) -> str:
    said = ", ".join(f"{k}={v}" for k, v in check["kwargs"].items() if k not in ("value_set", "column_list", "regex"))
    outcome = "<span class='good'>holds</span>" if check["success"] else "<span class='bad'>fails</span>"
    rows = check["rows"] or (rules.get(str(check["kwargs"].get("column")), []) if not check["success"] else [])
    listed = "".join(f"<br><code>{escape(str(row))}</code>" for row in rows[:20])
    name = check["expectation"].removeprefix("expect_").replace("_", " ")
    return (
        f"<tr><td>{escape(name)}<br><code class='soft'>{escape(said)}</code></td><td>{escape(check['reason'])}{listed}</td>"
        f"<td>{check['checked'] if check['checked'] is not None else ''}</td><td>{check['unexpected']}</td><td>{outcome}</td></tr>"
    )
