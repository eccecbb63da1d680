"""Drafts onto the server, exactly once."""
