"""People's work off the server, complete, with every pull kept."""
