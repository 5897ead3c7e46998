# SPDX-License-Identifier: MIT
"""In how many months each student was spoken with, in all, and when last."""
import sys

import pandas

table = pandas.read_csv(sys.argv[1], dtype={"student": str})
table["month"] = table.date.str.slice(0, 7)
by_student = table.groupby("student").agg(months=("month", "nunique"), last=("date", "max"))
print(by_student.months.sum())
