"""How a text was set: its physical lines, its wrap, its cells and rows, and what the hosting site put around it."""
