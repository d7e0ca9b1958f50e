de_labels <- function(x) {
  if (is.null(attr(levels(x), "labels"))) {
    stop("Only columns of codes have labels: give one, as in de_labels(expulsions$measure).", call. = FALSE)
  }
  structure(as.vector(attr(levels(x), "labels")), names = as.vector(levels(x)))
}
