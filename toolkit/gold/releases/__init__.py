"""What a release has beside the records: version and change list, splits, and a card."""
