"""Several people on one project: accounts, tabs, what they differ on, and what goes back to them."""
