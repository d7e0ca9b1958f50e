* {title} {version} in Stata 14 or later. In the folder that holds this file: do panel.do
* Stata is not free, so the project's tests do not run this file; they read the .dta files by other programs and find in them what is used here.
version 14
clear all

* Russian officials known to have been expelled from 24 February to 31 December 2022. counts marks the rows that sums take; a missing
* officials_best means that no figure was published, never zero.
use "expulsions.dta", clear
summarize officials_best if counts == 1 & target == "RUS" & inrange(announced_on, td(24feb2022), td(31dec2022)), meanonly
display r(sum)
assert r(sum) == {total}

* All directed dyads and years as a panel. Organisations have no state code, so the dyad is numbered by its two actors.
use "panel_years.dta", clear
egen long dyad = group(expeller target)
xtset dyad year
xtdescribe, patterns(3)

* Missing is not zero: a regression takes the dyads and years for which somebody looked for both sides.
keep if effort == "both_sides":effort & !missing(expulsions)
tabulate year, summarize(expulsions)
poisson expulsions year, vce(cluster dyad)
