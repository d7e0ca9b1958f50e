"""Is it plausible? Expectations from the contract, hand-written ones with a reason, and SQL rules."""
