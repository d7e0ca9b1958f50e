# `citations` is written into R/sysdata.rda: a text for each form.
de_cite <- function(form = c("apa", "bibtex")) {
  unname(citations[match.arg(form)])
}
