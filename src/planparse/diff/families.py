"""What is compared, and how an entry of it can stand on the two sides."""

from __future__ import annotations

FAMILIES = ("metadata", "sections", "targets", "tasks", "agencies", "funding", "citations")
#: In the order in which reports show them: what differs first.
STATUSES = ("changed", "moved", "split", "joined", "only_left", "only_right", "same")
#: What is compared among several plans.
FAMILIES_OF_MANY = ("targets", "agencies", "funding")
