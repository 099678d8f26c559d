"""Two models side by side: alignment of their blocks and facts. How it is shown is in `writing/diff_*.py`."""
