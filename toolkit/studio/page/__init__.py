"""The page that annotators see, as its labelling configuration has it."""
