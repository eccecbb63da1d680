"""The way to a Label Studio: login, requests that fail in known ways, and what is stored there."""
