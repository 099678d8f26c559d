"""What a body does, in the words of the model (`role` of a task)."""

from __future__ import annotations

LEADS = "chủ trì"
JOINS = "phối hợp"
DOES = "thực hiện"
#: The work was given to it: "giao", "phân công" and "ủy quyền" are one.
GIVEN = "giao"
#: A duty that several have in common.
COMMON = "nhiệm vụ chung"
