"""Faults of network, server, client and people, against a real Label Studio, counted row by row."""
