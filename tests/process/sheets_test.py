#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Awkward sheets, as schools really have them: each is made here and previewed by `help import`; what it says, to people and to programs,
stands in tests/sheets/NAME.txt.

    sheets_test.py PROGRAM [--update]

With --update the expected previews are written: read the difference before it is kept."""
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

EXPECTED = Path(__file__).resolve().parents[1] / "sheets"

HELP = """school: {name: 春晖实验学校}
terms:
  - {id: 2025-fall, name: 秋, year: 2025, from: 2025-09-01, until: 2026-01-23}
  - {id: 2026-spring, name: 春, year: 2025, from: 2026-02-25, until: 2026-07-03}
"""
POLICY = """policy: {id: p, name: P}
identify:
  - {id: r, kind: mark-below, exam: latest, below: pass}
"""
CLASSES = """- {id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7}
- {id: 2025-2, name: 七（2）班, cohort: 2025, entry-grade: 7}
"""
STUDENTS = """- {id: "20250101", name: 张三, classes: [{class: 2025-1, from: 2025-09-01}]}
- {id: "20250102", name: 李四, classes: [{class: 2025-1, from: 2025-09-01}]}
- {id: "20250103", name: 王五, classes: [{class: 2025-1, from: 2025-09-01}]}
- {id: "20250104", name: 欧阳娜娜, classes: [{class: 2025-1, from: 2025-09-01, until: 2026-02-28}, {class: 2025-2, from: 2026-03-01}]}
- {id: "20250105", name: 古丽娜尔·艾山, classes: [{class: 2025-1, from: 2025-09-01}], left: 2026-03-31}
- {id: "20250201", name: 赵敏, classes: [{class: 2025-2, from: 2025-09-01}]}
- {id: "20250202", name: 赵敏, classes: [{class: 2025-2, from: 2025-09-01}]}
- {id: "032010220080101123", name: 钱一, classes: [{class: 2025-2, from: 2025-09-01}]}
"""
EXAM = """exam: {id: 2026-03-20-monthly, name: 三月月考, kind: monthly, term: 2026-spring, date: 2026-03-20}
subjects:
  语文: {full: 150, pass: 90}
  数学: {full: 150, pass: 90}
  英语: {full: 120, pass: 72}
columns: [语文, 数学, 英语]
scores:
  "20250101": [101, 88, 90]
  "20250102": [~, 90, 100]
"""
UNIT = """exam: {id: 2026-04-10-unit, name: 四月单元检测, kind: unit, term: 2026-spring, date: 2026-04-10}
subjects:
  语文: {full: 150, pass: 90}
  数学: {full: 150, pass: 90}
  英语: {full: 120, pass: 72}
columns: [语文, 数学, 英语]
scores:
  "20250101": [99, 89, 91]
  "20250201": [98, 88, 90]
"""
NEW = ("--exam", "2026-05-15-unit", "--kind", "unit", "--date", "2026-05-15")
THERE = ("--exam", "2026-03-20-monthly")
PLAIN = "学号,姓名,班级,语文,数学\n20250101,张三,七（1）班,100.5,99\n20250102,李四,七（1）班,88,77.5\n"


def csv(text, encoding="utf-8", mark=b""):
    return ".csv", mark + text.replace("\n", "\r\n").encode(encoding)


def column_name(number):
    name = ""
    while number >= 0:
        name, number = chr(ord("A") + number % 26) + name, number // 26 - 1
    return name


def sheet_xml(rows, merges=()):
    body = []
    for at, row in enumerate(rows, 1):
        if row is None:
            continue
        cells = []
        for column, value in enumerate(row):
            place = f"{column_name(column)}{at}"
            if value is None:
                continue
            if isinstance(value, tuple):  # a formula with its saved result
                cells.append(f'<c r="{place}"><f>{escape(value[0])}</f>' + ("" if value[1] is None else f"<v>{value[1]}</v>") + "</c>")
            elif isinstance(value, str):
                cells.append(f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
            elif isinstance(value, complex):  # a day: the serial number in the style of dates
                cells.append(f'<c r="{place}" s="1"><v>{int(value.real)}</v></c>')
            else:
                cells.append(f'<c r="{place}"><v>{value}</v></c>')
        body.append(f'<row r="{at}">{"".join(cells)}</row>')
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    return ('<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + "".join(body) + "</sheetData>" + (f"<mergeCells>{merged}</mergeCells>" if merged else "") + "</worksheet>")


def xlsx(*sheets):
    """Sheets of (name, rows, merged areas)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{links}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets>' +
        "".join(f'<sheet name="{escape(name)}" sheetId="{at}" r:id="s{at}"/>' for at, (name, *_) in enumerate(sheets, 1)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">' +
        "".join(f'<Relationship Id="s{at}" Type="{links}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in range(1, len(sheets) + 1)) +
        f'<Relationship Id="st" Type="{links}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for at, (_, rows, *merges) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = sheet_xml(rows, *merges)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), text)
    return ".xlsx", made.getvalue()


def with_hidden(workbook):
    """The same workbook, in which a row, a column and the second sheet are hidden."""
    kind, content = workbook
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info).decode("utf-8")
            text = text.replace('name="旧"', 'name="旧" state="hidden"').replace('<row r="3">', '<row r="3" hidden="1">')
            text = text.replace("<sheetData>", '<cols><col min="4" max="4" hidden="1"/></cols><sheetData>')
            new.writestr(info, text)
    return kind, made.getvalue()


TITLES = ["学号", "姓名", "语文", "数学"]
ROWS = [["20250101", "张三", 100.5, 99], ["20250102", "李四", 88, 77.5]]

# What the table is: (kind of file, bytes), what is said besides.
SHEETS = {
    # Encodings and the form of texts
    "utf-8": (csv(PLAIN), NEW),
    "utf-8-mark": (csv(PLAIN, mark=b"\xEF\xBB\xBF"), NEW),
    "utf-16": (csv(PLAIN.replace(",", "\t"), "utf-16-le", b"\xFF\xFE"), NEW),
    "utf-16-big": (csv(PLAIN, "utf-16-be", b"\xFE\xFF"), NEW),
    "utf-16-unmarked": (csv(PLAIN.replace(",", "\t"), "utf-16-le"), NEW),
    "one-zero-byte": ((".csv", PLAIN.encode().replace(b"\xbc\xa0", b"\xbc\xa0\0", 1)), NEW),
    "gb18030": (csv(PLAIN, "gb18030"), NEW),
    "neither-encoding": ((".csv", "学号,姓名\n".encode("gb18030") + b"1,\xFF\xFE\n"), NEW),
    "semicolons": (csv(PLAIN.replace(",", ";")), NEW),
    "tabs": (csv(PLAIN.replace(",", "\t")), NEW),
    "bars": (csv(PLAIN.replace(",", "|")), NEW),
    "quotes": (csv('"学号","姓\n名","语文"\n"20250101","张三","1""00"\n"20250102","李四","99"\n'), NEW),
    "ragged": (csv("学号,姓名,语文,数学\n20250101,张三,100\n20250102,李四,90,80,70\n"), NEW),
    "stray-last-separator": (csv("学号,姓名,语文,\n20250101,张三,100,\n20250102,李四,90,\n"), NEW),
    "title-rows": (csv("七年级单元检测成绩,,,\n,,,\n制表：教务处,,,\n学号,姓名,语文,数学\n20250101,张三,100,90\n"), NEW),
    "two-rows-of-titles": (csv("五月,,,,,\n学号,姓名,语文,,数学,\n,,成绩,排名,成绩,排名\n20250101,张三,100,1,90,1\n"), NEW),
    "two-rows-as-many": (csv("学号,姓名,语文,数学\n,,成绩,成绩\n20250101,张三,100,90\n"), NEW),
    "row-of-full-marks": (csv("学号,姓名,语文,物理\n,满分,150,80\n20250101,张三,100,66\n,平均分,100,66\n"), NEW),
    "row-of-other-full-marks": (csv("姓名,班级,语文\n满分,,120\n张三,七（1）班,100\n"), NEW + ("--full", "语文=150")),
    "titles-again": (csv("学号,姓名,语文\n20250101,张三,100\n学号,姓名,语文\n20250102,李四,90\n"), NEW),
    "blank-and-numbered-rows": (csv("序号,学号,姓名,语文\n1,20250101,张三,100\n,,,\n2,,,\n3,,,\n4,20250102,李四,90\n"), NEW),
    "remark-below": (csv("学号,姓名,语文\n20250101,张三,100\n备注：李四请假,,\n"), NEW),
    "open-quote": (csv('学号,姓名,语文\n20250101,"张三,100\n'), NEW),
    # Ids, names, widths
    "full-width": (csv("学　号,姓　名,语　文\n２０２５０１０１,张　三,１００．５\n20250102 ,李四\u00a0,９０\n"), NEW),
    "shortened-id": (csv("学号,姓名,语文\n3.2010220080101E+16,钱一,100\n"), NEW),
    "lost-zero": (csv("学号,姓名,语文\n32010220080101123,钱一,100\n"), NEW),
    "other-name": (csv("学号,姓名,语文\n20250101,张山,100\n"), NEW),
    "other-class": (csv("学号,班级,语文\n20250104,七（1）班,100\n"), NEW),
    "unknown-student": (csv("学号,姓名,语文\n20250109,新同学,100\n"), NEW),
    "add-students": (csv("学号,姓名,班级,语文\n20250109,新同学,七1班,100\n20250101,张三,七(1)班,99\n20250110,又一个,八1班,90\n"), NEW + ("--add-students", "--from", "2026-05-11")),
    "row-twice": (csv("学号,姓名,语文\n20250101,张三,100\n20250101,张三,90\n"), NEW),
    "same-names": (csv("姓名,班级,语文\n赵敏,七（2）班,100\n张三,七（1）班,90\n"), NEW),
    "same-names-answered": (csv("姓名,班级,语文\n赵敏,七（2）班,100\n赵敏（小）,七（2）班,90\n"),
                            NEW + ("--as", "赵敏=20250201", "--as", "赵敏（小）=20250202")),
    "changed-class": (csv("姓名,班级,语文\n欧阳娜娜,七（1）班,100\n"), NEW),
    "middle-dot": (csv("姓名,班级,语文\n古丽娜尔•艾山,七（1）班,100\n"), THERE),
    # States
    "states": (csv("学号,语文,数学,英语\n20250101,缺考,免考,缓考\n20250102,作弊,,90\n"), NEW),
    "unknown-state": (csv("学号,语文\n20250101,旷考\n20250102,-\n20250103,病假\n"), NEW),
    "code-numbers": (csv("学号,语文,数学\n20250101,-1,0\n20250102,-2,90\n"), NEW),
    "code-numbers-said": (csv("学号,语文,数学\n20250101,-1,0\n20250102,-2,90\n"), NEW + ("--state=-1=absent", "--state=-2=exempt", "--state", "0=absent")),
    "state-twice": (csv("学号,语文\n20250101,缺\n"), NEW + ("--state", "缺=absent", "--state", "缺=exempt")),
    "left": (csv("学号,姓名,语文\n20250105,古丽娜尔·艾山,转出\n20250101,张三,转出\n"), NEW),
    "left-with-mark": (csv("学号,姓名,语文,数学\n20250101,张三,转出,90\n"), NEW),
    "above-full": (csv("学号,英语\n20250101,121\n20250102,99.555\n"), THERE),
    # Kinds of tables, derived columns, titles
    "derived": (csv("学号,姓名,语文,语文排名,数学,总分,平均分,级名,班名,等级\n20250101,张三,100.5,1,99,199.5,99.75,1,1,A\n20250102,李四,88,2,77.5,165.5,82.8,2,2,B\n"), NEW),
    "total-differs": (csv("学号,语文,数学,总分\n20250101,100,99,199\n20250102,88,77,166\n20250103,80,缺考,80\n"), NEW),
    "total-of-others": (csv("学号,语文,总分\n20250101,100,652\n20250102,88,600\n"), NEW),
    "long": (csv("学号,科目,成绩\n20250101,语文,100\n20250101,Maths,99\n20250102,语文,缺考\n"), NEW),
    "long-twice": (csv("学号,科目,成绩\n20250101,语文,100\n20250101,语文,99\n"), NEW),
    "long-unknown-subject": (csv("学号,科目,成绩\n20250101,语文,100\n20250101,奥数,99\n"), NEW),
    "long-exams": (csv("学号,考试,科目,成绩\n20250103,三月月考,语文,100\n"), ()),
    "by-exam": (csv("学号,姓名,三月月考\n20250103,王五,100\n"), ("--subject", "语文")),
    "transposed": (csv("学号,20250101,20250102\n姓名,张三,李四\n语文,100,缺考\n数学,99,88\n"), NEW),
    "one-subject": (csv("学号,姓名,成绩\n20250101,张三,100\n"), NEW + ("--subject", "数学")),
    "english": (csv("ID,Name,Chinese,Maths,Total,Rank\n20250101,张三,100,99,199,1\n"), NEW),
    "exam-number": (csv("考号,姓名,班级,语文\n880101,张三,七（1）班,100\n"), NEW),
    "unclear-titles": (csv("学号,姓名,姓名,语文,数学竞赛,！级名\n20250101,张三,李四,100,90,1\n"), NEW),
    "no-titles": (csv("20250101,张三,100\n20250102,李四,90\n"), NEW),
    "nothing-said": (csv(PLAIN), ()),
    "full-marks-not-known": (csv("学号,语文,物理\n20250101,100,66\n"), NEW),
    "roster": (csv("学号,姓名,班级,转入日期\n20250109,新同学,七（1）班,2026/3/2\n20250101,张三丰,七（1）班,\n"), ("--from", "2026-03-02")),
    # What is there already
    "late-rows": (csv("学号,姓名,语文,数学,英语\n20250101,张三,101,88,90\n20250102,李四,95,90,100\n20250103,王五,90,91,92\n"), THERE),
    "changed": (csv("学号,姓名,语文,数学,英语\n20250101,张三,101,98,90\n"), THERE),
    "nothing-new": (csv("学号,姓名,语文,数学,英语\n20250101,张三,101,88,90\n"), THERE),
    # Workbooks
    "workbook": (xlsx(("成绩", [TITLES] + ROWS)), NEW),
    "workbook-titles-below": (xlsx(("成绩", [["七年级单元检测"], None, TITLES] + ROWS, ["A1:D1"])), NEW),
    "workbook-two-rows-of-titles": (xlsx(("成绩", [["学号", "姓名", "语文", None, "数学", None], [None, None, "成绩", "排名", "成绩", "排名"],
                                                  ["20250101", "张三", 100, 1, 90, 1]], ["A1:A2", "B1:B2", "C1:D1", "E1:F1"])), NEW),
    "workbook-two-sheets": (xlsx(("七1", [TITLES] + ROWS), ("七2", [TITLES, ["20250201", "赵敏", 90, 91]])), NEW),
    "workbook-sheet-named": (xlsx(("七1", [TITLES] + ROWS), ("七2", [TITLES, ["20250201", "赵敏", 90, 91]])), NEW + ("--sheet", "七2")),
    "workbook-formulas": (xlsx(("成绩", [["学号", "语文", "数学", "总分"], ["20250101", 100, 99, ("B2+C2", 199)], ["20250102", 88, ("NOW()", None), 88]])), NEW),
    "workbook-number-ids": (xlsx(("成绩", [["学号", "语文"], [20250101, 100], [32010220080101123, 90]])), NEW),
    "workbook-dates": (xlsx(("名单", [["学号", "姓名", "转入日期"], ["20250109", "新同学", complex(46083)]])), ("--class", "2025-1", "--from", "2026-03-02")),
    "workbook-merged-class": (xlsx(("成绩", [["班级", "姓名", "语文"], ["七（1）班", "张三", 100], [None, "李四", 90]], ["A2:A3"])), NEW),
    "workbook-merged-mark": (xlsx(("成绩", [["学号", "语文", "数学"], ["20250101", 100, None], ["20250102", "缺考", None]], ["B2:C2", "B3:C3"])), NEW),
    "workbook-transposed": (xlsx(("成绩", [["姓名", "张三", "李四"], ["语文", 100, "旷考"], ["数学", 90, 80]])), NEW + ("--class", "2025-1")),
    "workbook-text-numbers": (xlsx(("成绩", [["学号", "语文"], ["20250101", "100.50"], ["20250102", " 90 "]])), NEW),
    "workbook-hidden": (with_hidden(xlsx(("成绩", [TITLES] + ROWS), ("旧", [["学号", "语文"], ["20250103", 1]]))), NEW),
    # Forms, as spreadsheets give them back
    "form-staff": (xlsx(("教职工", [["教职工名单"], None, ["工号", "姓　名", "职 务", "年级", "任职起", "任职止", "请假起"],
                                  ["Ｔ００１", "王　芳", "年级组长", "７", complex(46083), "2026/7/3", None], None,
                                  ["T001", "王芳\u00a0", "教研组长", None, "2026年3月2日", None, None],
                                  [None, None, None, None, None, None, None],
                                  ["T002", "王芳", "校医", None, "3/2/2026", None, None],
                                  [1e17, "李强", "校医", None, None, None, None]])), ()),
    "form-groups": (xlsx(("特殊类别", [["学生", "班级", "特殊类别", "从", "到"], ["张　三 20250101", "七（1）班", "left-behind", complex(46083), None],
                                     ["赵敏", "七（2）班", "left-behind", complex(46083), None], ["李四", "七1班", "留守", None, None]])), ()),
    "form-archives": (xlsx(("档案", [["学生", "班级", "建档日期", "成因", "爱好", "身体状况（保密）"], ["张三", "七（1）班", complex(46083), "family", "画画；唱歌", "哮喘"],
                                   ["李四", "七（1）班", None, None, None, "=1+1"], ["王五", "七（1）班", None, "家庭", None, "近视"]])), ()),
    "form-new-exam": (xlsx(("成绩", [["考试代码", "考试类型", "考试日期", "学号", "姓名", "语文（满分150，及格90）", "数学 (满分 100)"],
                                   ["2026-05-15-unit", "单元测验", complex(46157), "20250101", "张三", "１２０．５", "缺考"],
                                   ["2026-05-15-unit", "unit", "2026-05-15", "20250102", "李四", None, None],
                                   ["2026-05-15-unit", None, None, 20250103, "王五", 151, 0]])), ()),
    # Headings
    "heading-of-another-exam": (csv("2025-2026学年第一学期期末考试成绩表,,\n学号,姓名,语文\n20250101,张三,100\n"), NEW),
    "heading-of-this-exam": (csv("七年级五月单元检测,,\n2025-2026学年度第二学期,,\n学号,姓名,语文\n20250101,张三,100\n"), NEW),
    "form-heading": (xlsx(("成绩", [["期中考试成绩", None, None, None], ["考试代码", "学号", "姓名", "语文"], ["2026-03-20-monthly", "20250103", "王五", 90]], ["A1:D1"])), ()),
    # Columns that somebody has put into a form of marks
    "form-more-columns": (csv("考试代码,学号,姓名,语文,数学,英语,总分,平均分,语文排名,名次,备注\n2026-03-20-monthly,20250101,张三,101,88,90,279,93,1,1,\n"
                              "2026-03-20-monthly,20250102,李四,95,90,100,285,95,2,2,后补\n2026-03-20-monthly,20250103,王五,90,91,92,237,91,3,3,\n"), ("--replace",)),
    "form-total-of-others": (csv("考试代码,学号,语文,数学,总分\n2026-03-20-monthly,20250101,101,88,650\n2026-03-20-monthly,20250102,95,90,640\n"), ("--replace",)),
    "form-unknown-subject": (csv("考试代码,学号,姓名,语文,物理,体育分\n2026-03-20-monthly,20250103,王五,100,90,30\n"), ()),
    "form-column-left-out": (csv("考试代码,学号,姓名,语文,体育分\n2026-03-20-monthly,20250103,王五,100,30\n"), ("--column", "体育分=-")),
    "form-column-read": (csv("考试代码,学号,姓名,语文,体育分\n2026-03-20-monthly,20250103,王五,100,30\n"), ("--column", "体育分=英语")),
    "form-new-exam-total": (csv("考试代码,考试类型,考试日期,学号,姓名,语文（满分150）,数学（满分100）,总分（满分250）,体育\n"
                                "2026-05-15-unit,unit,2026-05-15,20250101,张三,100,90,190,30\n"), ("--column", "体育=-")),
    "form-words": (csv("考试代码,学号,姓名,语文,数学,英语\n2026-03-20-monthly,20250103,王五,优,作弊,缺考\n2026-03-20-monthly,20250101,张三,101,病假,90\n"), ("--replace",)),
    "form-states-said": (csv("考试代码,学号,姓名,语文\n2026-03-20-monthly,20250103,王五,病假\n"), ("--state", "病假=absent")),
    # Rows below a table that are about nobody, and some that only look so
    "form-rows-below": (xlsx(("成绩", [["考试代码", "学号", "姓名", "语文", "数学", "英语"], ["2026-03-20-monthly", "20250103", "王五", 90, 91, 92], None,
                                     ["2026-03-20-monthly", "合计", None, 5000, 4000, 3000], [None, "平均分", None, ("AVERAGE(D2:D3)", None), 91, 92],
                                     ["备注：缺考请填缺考", None, None, None, None, None], [None, "班主任签字：", None, None, "日期：2026-5-1"]])), ()),
    "form-counts-below": (csv("时段编号,从,到,学号,姓名,班级,缺勤,作业未交,迟到,合计\n2026-04,2026-04-01,2026-04-30,20250101,张三,2025-1,1,2,0,3\n"
                              "2026-04,2026-04-01,2026-04-30,20250103,,2025-1,0,1,,1\n2026-04,,,合计,,,1,3,0,4\n备注：含病假,,,,,,,,,\n"), ()),
    "form-counts-unknown": (csv("时段编号,从,到,学号,姓名,缺勤,打架\n2026-04,2026-04-01,2026-04-30,20250101,张三,1,2\n"), ()),
    "form-observations-below": (csv("日期,学生,表现,出现或消失,观察人,理由\n2026-03-02,,homework,,T001,备注：没写名字\n合计,,,,,3\n备注：名单见附件,,,,,\n"
                                    "备注：张三,,homework,,T001,\n"), ()),
    "form-classes-below": (csv("班级编号,班级名称,入学年份,入学年级,班主任,班主任任期起\n2025-1,七（1）班,2025,7,,\n合计2个班,,,,,\n2026-1,合计,2026,7,,\n"), ()),
    "roster-rows-below": (csv("学号,姓名,班级\n20250109,新同学,七（1）班\n共1人,,\n合计,1人,\n制表人：王老师,,\n,备注：转入,七（1）班\n"), ("--from", "2026-03-02")),
    "long-rows-below": (csv("学号,科目,成绩\n20250101,语文,100\n总计,,100\nTotal,语文,90\n"), NEW),
    "remarks-beside-numbers": (csv("序号,学号,姓名,语文\n1,20250101,张三,100\n备注：王五,,,88\n2,,合计,100\n说明：李四请假,,,\n"), NEW),
    "old-workbook": ((".xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600)), NEW),
    "torn-workbook": ((".xlsx", xlsx(("成绩", [TITLES] + ROWS))[1][:300]), NEW),
}


def run(program, folder, name, arguments):
    environment = {"PATH": os.environ.get("PATH", ""), "HELP_LANG": "zh"}
    made = subprocess.run([program, "-C", str(folder), "import", name, "--today", "2026-06-01", *arguments], cwd=folder.parent, env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    return f"{made.stdout}" + "".join(f"2> {line}\n" for line in made.stderr.splitlines()) + f"?{made.returncode}\n"


def main():
    program = str(Path(sys.argv[1]).resolve())
    update = "--update" in sys.argv[2:]
    wrong = []
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        folder = root / "school"
        for path, text in {"help.yaml": HELP, "policy.yaml": POLICY, "roster/classes.yaml": CLASSES, "roster/students.yaml": STUDENTS,
                           "grades/2026-03-20-monthly.yaml": EXAM,
                           "grades/2026-04-10-unit.yaml": UNIT}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        before = {str(path): path.read_bytes() for path in folder.rglob("*.yaml")}
        for name, ((ending, table), arguments) in SHEETS.items():
            file = name + ending
            (root / file).write_bytes(table)
            command = " ".join(("help import", file, *arguments))
            preview = f"$ {command}\n{run(program, folder, file, arguments)}\n$ {command} -O json\n{run(program, folder, file, (*arguments, '-O', 'json'))}"
            expected = EXPECTED / (name + ".txt")
            if update:
                EXPECTED.mkdir(exist_ok=True)
                expected.write_text(preview, encoding="utf-8")
            elif not expected.is_file() or expected.read_text(encoding="utf-8") != preview:
                wrong.append(f"{name}: the preview is not that of {expected}:\n{preview}")
        if {str(path): path.read_bytes() for path in folder.rglob("*.yaml")} != before:
            wrong.append("a preview has written something")
        spare = {path.stem for path in EXPECTED.glob("*.txt")} - set(SHEETS)
        wrong += [f"tests/sheets/{name}.txt is of no sheet" for name in sorted(spare)]
    print("\n".join(wrong) or f"{len(SHEETS)} sheets: as expected")
    sys.exit(1 if wrong else 0)


main()
