# Join expulsions to a directed dyad-year panel of your own by ccode1, ccode2 and year, and fit a model. Nothing is fetched.
library(diplomaticexpulsions)

# Your panel: one row per directed dyad and year, as from peacesciencer. Here, all states with a COW code; whether the sides share a region
# stands for what you study.
regions <- merge(actor_years[!is.na(actor_years$ccode), c("actor_id", "ccode", "year")], actors[c("actor_id", "un_region")])
regions <- regions[!duplicated(regions[c("ccode", "year")]), c("ccode", "year", "un_region")]
yours <- merge(setNames(regions, c("ccode1", "year", "region1")), setNames(regions, c("ccode2", "year", "region2")), by = "year")
yours <- yours[yours$ccode1 != yours$ccode2, ]
yours$same_region <- yours$region1 == yours$region2

# Missing is not zero: take the dyads of states and years for which somebody looked for both sides.
panel <- de_panel()
looked <- panel[panel$effort == "both_sides" & !is.na(panel$expulsions) & !is.na(panel$ccode1) & !is.na(panel$ccode2), ]
stopifnot(!anyDuplicated(looked[c("ccode1", "ccode2", "year")]))
joined <- merge(looked, yours, by = c("ccode1", "ccode2", "year"))
cat(nrow(yours), "rows of yours,", nrow(looked), "looked for on both sides,", nrow(joined), "joined,", sum(joined$expulsions), "decisions\n")
model <- glm(expulsions ~ same_region + year, family = poisson, data = joined)
print(coef(summary(model)))
