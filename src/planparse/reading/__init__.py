"""Files and bytes into a Source: decoded text, cleaned for matching, with the way back to every character as read."""
