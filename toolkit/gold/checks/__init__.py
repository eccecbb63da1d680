"""The named checks by what they need: one claim, its text, the parts of a dataset, all claims together."""
