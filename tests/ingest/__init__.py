"""Articles in, documents out."""
