# SPDX-License-Identifier: MIT
"""How many students failed the same subject in two consecutive exams."""
import sys

import pandas

table = pandas.read_csv(sys.argv[1], dtype={"student": str}).sort_values(["student", "exam"], kind="stable")
below = table.iloc[:, 3:] < 60
twice = (below & below.shift(fill_value=False)).any(axis=1) & (table.student == table.student.shift())
print(table.student[twice].nunique())
