"""The local Label Studio of a project: its process, its data, its accounts."""
