"""Is it plausible? Expectations from the contract, hand-written ones with a reason, and SQL rules."""

# It says what Ctrl-C does, before the libraries that take seconds to import.
import scripts as scripts
