"""What is odd in a document, found and reported; nothing is repaired here."""

from __future__ import annotations

from planparse.checks.run import diagnose, diagnose_grammar

__all__ = ["diagnose", "diagnose_grammar"]
