"""The kinds of bodies that the code tells apart: values of the column `kind` of lexicons/agencies.tsv, and kinds that a
body without a row there is given."""

from __future__ import annotations

#: Several bodies: "các sở, ban, ngành".
GROUP = "tập thể"
#: An office whose body is not named: "thủ trưởng".
OFFICE = "người đứng đầu"
BUSINESS = "doanh nghiệp"
COMMITTEE = "ủy ban nhân dân"
#: The Fatherland Front and the organisations of its kind, whom a plan asks and does not order.
UNION = "mặt trận, đoàn thể"
#: What such a body is for belongs to its name: "Ban Chỉ đạo | An toàn thông tin".
STEERING = "ban chỉ đạo"
#: Kinds that are no one body.
GENERAL = frozenset((GROUP, BUSINESS, "đơn vị sự nghiệp", "hội"))
#: Kinds of bodies whose names a group may begin with ("UBND huyện, thị xã").
GROUPED = GENERAL | {COMMITTEE, "hội đồng nhân dân"}
