# A package's own data are reached by its name.
de_panel <- function(first = min(years), last = max(years)) {
  panel <- diplomaticexpulsions::panel_years
  years <- panel$year
  if (!is_year(first) || !is_year(last) || first > last || first < min(years) || last > max(years)) {
    stop("The panel covers ", min(years), " to ", max(years), ": give a first and a last year of it, in this order.", call. = FALSE)
  }
  panel <- panel[years >= first & years <= last, ]
  rownames(panel) <- NULL
  panel
}

is_year <- function(x) is.numeric(x) && length(x) == 1 && !is.na(x) && x == round(x)
