#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the invented school in examples/school, the same bytes every time.

    examples/make-school.py            write the files
    examples/make-school.py --check    say which files differ; exit 1 if any does

Every person and every mark is invented. All chance comes from hashes of a key, so that a change in one place
of this script changes nothing elsewhere. The awkward cases are set by hand and listed in README.md.
"""

import hashlib
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "school"

# --- chance ------------------------------------------------------------------------------------------------------


def words(key):
    digest = hashlib.sha256(f"chunhui:{key}".encode()).digest()
    return [digest[i] * 256 + digest[i + 1] for i in range(0, 32, 2)]


def uniform(key):
    return words(key)[0] / 65536


def choose(key, options):
    first, second = words(key)[:2]
    return options[(first * 65536 + second) % len(options)]


def normal(key):
    # The sum of twelve uniforms: only + and /, so that no mathematics library can change a digit.
    return (sum(words(key)[:12]) - 12 * 32767.5) / 65536


def record_id(key):
    """Ten characters of the alphabet of record ids; the first a letter, so that none looks like a number."""
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    drawn = words("record " + key)
    return alphabet[10 + drawn[0] % 22] + "".join(alphabet[word % 32] for word in drawn[1:10])


# --- lines -------------------------------------------------------------------------------------------------------


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items() if item not in (None, [])) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return str(value)


def record(**values):
    """One record, one line. `from_` stands for the key `from`, `_` in a key for `-`."""
    return "- " + flow({key.rstrip("_").replace("_", "-"): value for key, value in values.items()})


def file_of(schema, lines, depth=1):
    return "\n".join([f"# yaml-language-server: $schema={'../' * depth}schemas/{schema}.schema.json", *lines]) + "\n"


# --- calendar ----------------------------------------------------------------------------------------------------

HELP = """\
school: {name: 春晖实验学校}
language: zh
policy: policy.yaml
terms:
  - {id: 2025-fall, name: 2025学年第一学期, year: 2025, from: 2025-09-01, until: 2026-01-23, midterm: 2025-11-10}
  - {id: 2026-spring, name: 2025学年第二学期, year: 2025, from: 2026-02-25, until: 2026-07-03, midterm: 2026-04-20}
  - {id: 2026-fall, name: 2026学年第一学期, year: 2026, from: 2026-09-01, until: 2027-01-22}
breaks:
  - {name: 国庆节、中秋节, from: 2025-10-01, until: 2025-10-08}
  - {name: 元旦, from: 2026-01-01, until: 2026-01-03}
  - {name: 清明节, from: 2026-04-04, until: 2026-04-06}
  - {name: 劳动节, from: 2026-05-01, until: 2026-05-05}
  - {name: 端午节, from: 2026-06-19, until: 2026-06-21}
  - {name: 中秋节, from: 2026-09-25, until: 2026-09-27}
  - {name: 国庆节, from: 2026-10-01, until: 2026-10-07}
make-up-days:
  - {date: 2025-09-28, because: 国庆节调休}
  - {date: 2025-10-11, because: 国庆节调休}
  - {date: 2026-01-04, because: 元旦调休}
  - {date: 2026-02-28, because: 春节调休}
  - {date: 2026-05-09, because: 劳动节调休}
  - {date: 2026-09-20, because: 国庆节调休}
  - {date: 2026-10-10, because: 国庆节调休}
closures:
  - {from: 2025-12-04, until: 2025-12-05, because: 流感停课, classes: [2024-3]}
school-week: {days: [mon, tue, wed, thu, fri]}
reporting: [{from: class-teacher, to: grade-leader}, {from: grade-leader, to: dean}, {from: dean, to: principal}]
"""

# --- policy ------------------------------------------------------------------------------------------------------

POLICY = """\
# 春晖实验学校（虚构）的帮扶办法：以白芬子小学 2015 的认定为主，借用其他方案的几条。引号里是方案的原文。
policy: {id: chunhui-2026, name: 春晖实验学校 2026, label: 帮扶学生}
routine: [final, midterm, monthly, unit]
transferred: {for: 1}
exclude: [physiological]
retest: latest
places: {count: 12, per: grade, ties: all}       # 每个年级有十二位导师可以安排；并列的都进
indicators:
  - {id: inferiority, name: 自卑, group: psychology}
  - {id: fragile, name: 脆弱, group: psychology}
  - {id: sensitive, name: 敏感, group: psychology}
  - {id: withdrawn, name: 封闭, group: psychology}
  - {id: apart, name: 不合群, group: behaviour}
  - {id: moody, name: 易激动或易消沉, group: behaviour}
  - {id: tired-of-study, name: 厌学, group: study}
  - {id: diligent-but-behind, name: 认真学习但成绩相对落后, group: study}
groups:
  - {id: left-behind, name: 留守儿童}
  - {id: migrant-workers-child, name: 进城务工人员子女}
identify:
  - id: final-below-60
    name: 上学期期末 60 分以下
    kind: mark-below
    exam: {kind: final, term: previous}
    basis: any-subject
    below: 60%
    unless: [transferred]
    source: BF-28
    because: "「上学期期末考试成绩60分以下」；任何一科都算，满分不是 100 的按 60 % 折算"
  - {id: transfer-below-50, name: 转入学生 50 分以下, kind: mark-below, exam: {kind: final, term: previous}, below: 50%, only: [transferred], source: BF-29}
  - id: transfer-50-to-59
    name: 转入学生 50–59 分，期中再定
    kind: mark-below
    exam: {kind: final, term: previous}
    below: 60%
    only: [transferred]
    outcome: pending
    confirm: {exam: {kind: midterm, term: current}, below: 60%}
    source: BF-29
  - {id: entry-below-50, name: 转入成绩 50 分以下, kind: mark-below, exam: {kind: entry, term: current}, below: 50%, only: [transferred], source: BF-29}
  - id: entry-50-to-59
    name: 转入成绩 50–59 分，期中再定
    kind: mark-below
    exam: {kind: entry, term: current}
    below: 60%
    only: [transferred]
    outcome: pending
    confirm: {exam: {kind: midterm, term: current}, below: 60%}
    source: BF-29
  - {id: two-failures, name: 连续两次常规考试不及格, kind: failed-in-a-row, exams: {kind: routine}, basis: any-subject, times: 2, source: GU-06}
  - id: signs
    name: 两种以上表现
    kind: flagged
    indicators: [inferiority, fragile, sensitive, withdrawn, apart, moody, tired-of-study, diligent-but-behind]
    times: 2
    outcome: watch
    source: YN-09 YN-10 YN-12
    because: 方案没有说要几项，两项是我们定的
  - id: missed-exams
    name: 两次没有参加考试
    kind: missed-exams
    exams: {kind: routine, term: previous}
    times: 2
    outcome: watch
    because: 一个学期缺考两次，先了解原因
  - id: rank-fall
    name: 年级名次明显下降
    kind: fall
    exam: {kind: final, term: previous}
    since: {kind: midterm, term: previous}
    basis: total
    by: rank
    at-least: 60
    of: grade
    outcome: watch
    because: 60 名约为年级人数的一半，是我们定的
  - id: homework
    name: 作业经常不交
    kind: count-at-least
    count: homework-missing
    at-least: 12
    within: year
    outcome: watch
    source: PT-06
    because: 方案没有数字，12 次是我们定的
  - {id: by-hand, name: 教师提名, kind: listed, students: ["20230336"], outcome: watch, because: 2026-02-26 年级会议提名}
"""

# --- classes and names -------------------------------------------------------------------------------------------

CLASSES = [  # id, name, cohort, students who were there from the start
    ("2025-1", "七（1）班", 2025, 45),
    ("2025-2", "七（2）班", 2025, 45),
    ("2025-3", "七（3）班", 2025, 44),
    ("2024-1", "八（1）班", 2024, 45),
    ("2024-2", "八（2）班", 2024, 44),
    ("2024-3", "八（3）班", 2024, 43),
    ("2023-1", "九（1）班", 2023, 45),
    ("2023-2", "九（2）班", 2023, 44),
    ("2023-3", "九（3）班", 2023, 43),
]
ENTERED = {2025: "2025-09-01", 2024: "2024-09-02", 2023: "2023-09-01"}

SURNAMES = list(
    "王王王王李李李李张张张刘刘刘陈陈陈杨杨黄黄赵赵吴吴周周徐徐孙孙马朱朱胡胡郭何何林林高罗罗郑梁谢宋唐许邓韩冯曹彭曾萧田董潘袁"
    "蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛郝顾龚邵万钱严洪武莫孔汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞柳甘祝包宁尚符舒阮柯纪梅童凌毕单季成霍苗谷盛曲翁冉"
)
FIRST = list("子梓雨思欣浩宇嘉俊佳诗若天晨一博文明奕语书沐泽铭锦芷可昕睿逸皓承君景清静星以知乐")
SECOND = list("涵轩萱怡然琪瑶豪辰宇妍彤妮航泽凡阳晴雯希远悦宁哲诺熙霖琳桐楠溪安予恒朗言舟禾岚")
SINGLE = list("婷磊鑫璐昊硕彬蕾媛莹瑾琰煜晟骁朔珂玥桉澍")
KNOWN_PEOPLE = {"徐璐", "王珂", "李一桐", "刘宇宁", "张博恒", "王若琳", "李若彤", "张子宇", "李天泽", "章若楠", "马天宇", "马思远"}

SPECIAL_NAMES = {
    "20250107": "欧阳思远", "20250219": "上官若溪", "20240118": "司马清言", "20240308": "诸葛明朗", "20230112": "慕容知予",
    "20230316": "尉迟景舟", "20250313": "𠮷安然", "20240213": "林㛃", "20230204": "陈𬭎", "20240323": "王䶮",
    "20250110": "阿依古丽·买买提", "20230226": "迪丽努尔·阿卜杜热西提", "20240332": "Emma Nováková",
    "20250121": "王梓涵", "20230308": "王梓涵", "20240115": "李子轩", "20240309": "李子轩",
}


def invent_name(key, taken):
    attempt = 0
    while True:
        seed = f"{key} {attempt}"
        given = choose("single " + seed, SINGLE) if uniform("kind " + seed) < 0.16 else choose("first " + seed, FIRST) + choose("second " + seed, SECOND)
        name = choose("surname " + seed, SURNAMES) + given
        if name not in taken and name not in KNOWN_PEOPLE and not (len(given) == 2 and given[0] == given[1]):
            taken.add(name)
            return name
        attempt += 1


def student_id(class_id, number):
    cohort, group = class_id.split("-")
    return f"{cohort}0{group}{number:02d}"


# Came later: id -> (class, day).
TRANSFERRED = {"20240146": ("2024-1", "2025-09-01"), "20250246": ("2025-2", "2026-02-25"), "20250247": ("2025-2", "2026-02-25")}
LEFT = {"20250309": "2025-12-26", "20240139": "2026-01-23"}
MOVED = {"20240211": ("2024-3", "2025-11-30", "2025-12-01")}  # to class, last day in the old one, first in the new one
STUDENT_LEAVE = {
    "20230123": ("2026-02-25", "2026-05-29", "住院休养"),
    "20250208": ("2026-01-12", "2026-01-20", "流感"),
    "20250215": ("2025-11-10", "2025-11-14", "骨折"),
}
GROUPS = {"20230336": "left-behind", "20250104": "left-behind", "20230130": "migrant-workers-child", "20250325": "left-behind"}


def make_students():
    taken = set(SPECIAL_NAMES.values())
    students = []
    for class_id, _, cohort, size in CLASSES:
        ids = [student_id(class_id, number) for number in range(1, size + 1)]
        ids += sorted(one for one, (to, _) in TRANSFERRED.items() if to == class_id)
        for one in ids:
            start = TRANSFERRED[one][1] if one in TRANSFERRED else ENTERED[cohort]
            memberships = [{"class": class_id, "from": start}]
            if one in MOVED:
                to, last, first = MOVED[one]
                memberships = [{"class": class_id, "from": start, "until": last}, {"class": to, "from": first}]
            group = GROUPS.get(one) or (choose("which " + one, ["left-behind", "migrant-workers-child"]) if uniform("group " + one) < 0.05 else None)
            students.append({
                "id": one, "name": SPECIAL_NAMES.get(one) or invent_name(one, taken), "cohort": cohort, "classes": memberships,
                "transferred": TRANSFERRED.get(one, (None, None))[1], "left": LEFT.get(one) or ("2026-07-03" if cohort == 2023 else None),
                "groups": [{"group": group, "from": start}] if group else [], "leave": STUDENT_LEAVE.get(one),
            })
    return sorted(students, key=lambda student: student["id"])


def class_on(student, day):
    """The class of a student on a day; nothing before coming and after leaving."""
    if student["left"] and day > student["left"]:
        return None
    for membership in student["classes"]:
        if membership["from"] <= day <= membership.get("until", "9999"):
            return membership["class"]
    return None


# --- staff -------------------------------------------------------------------------------------------------------

STAFF = [  # id, name, subject, classes
    ("T001", "顾明德", None, ""), ("T002", "沈慧芳", None, ""), ("T003", "陆志远", None, ""), ("T004", "蒋玉兰", None, ""),
    ("T005", "钱国平", None, ""), ("T006", "严素琴", None, ""), ("T007", "杜卫东", None, ""), ("T008", "陶春燕", None, ""),
    ("T009", "戴晓梅", None, ""),
    ("T011", "王芳", "语文", "2025-1 2025-2"), ("T012", "李秀文", "语文", "2025-3 2024-1"), ("T013", "周建华", "语文", "2024-2 2024-3"),
    ("T014", "何丽君", "语文", "2023-1 2023-2"), ("T015", "张雪梅", "语文", "2023-3"),
    ("T016", "刘志强", "数学", "2025-1 2025-2"), ("T017", "陈国良", "数学", "2025-3 2024-1"), ("T018", "徐敏", "数学", "2024-2 2024-3"),
    ("T019", "朱海燕", "数学", "2023-1 2023-2"), ("T020", "胡永康", "数学", "2023-3"),
    ("T021", "林晓燕", "英语", "2025-1 2025-2"), ("T022", "罗秋菊", "英语", "2025-3 2024-1"), ("T023", "梁佩珊", "英语", "2024-2 2024-3"),
    ("T024", "宋雅琴", "英语", "2023-1 2023-2"), ("T025", "唐文静", "英语", "2023-3"),
    ("T026", "许振华", "科学", "2025-1 2025-2 2025-3"), ("T027", "邓少平", "科学", "2024-1 2024-2"), ("T028", "韩立新", "科学", "2024-3 2023-1"),
    ("T029", "冯桂英", "科学", "2023-2 2023-3"),
    ("T030", "曹正平", "道法", "2025-1 2025-2 2025-3"), ("T031", "彭淑贞", "道法", "2024-1 2024-2 2024-3"), ("T032", "曾庆云", "道法", "2023-1 2023-2 2023-3"),
    ("T033", "董学礼", "历史", "2025-1 2025-2 2025-3"), ("T034", "袁静宜", "历史", "2024-1 2024-2 2024-3"), ("T035", "潘永年", "历史", "2023-1 2023-2 2023-3"),
    ("T036", "于大勇", "体育", "2025-1 2025-2 2025-3"), ("T037", "余飞", "体育", "2024-1 2024-2 2024-3"), ("T038", "蔡金凤", "体育", "2023-1 2023-2 2023-3"),
    ("T039", "叶歌", "音乐", "2025-1 2025-2 2025-3 2024-1 2024-2 2024-3 2023-1 2023-2 2023-3"),
    ("T040", "程墨", "美术", "2025-1 2025-2 2025-3 2024-1 2024-2 2024-3 2023-1 2023-2 2023-3"),
    ("T041", "苏启明", "信息科技", "2025-1 2025-2 2025-3 2024-1 2024-2 2024-3"),
    ("T042", "吕春生", "劳动", "2025-1 2025-2 2025-3 2024-1 2024-2 2024-3"),
    ("T043", "丁安澜", "心理健康", "2025-1 2025-2 2025-3 2024-1 2024-2 2024-3 2023-1 2023-2 2023-3"),
    ("T044", "范晓东", "数学", ""), ("T045", "石玉玲", "英语", ""), ("T046", "贾宝林", "语文", ""),
]
ROLES = {
    "T001": [{"role": "principal"}], "T002": [{"role": "party-secretary"}], "T003": [{"role": "vice-principal"}], "T004": [{"role": "vice-principal"}],
    "T005": [{"role": "dean"}], "T006": [{"role": "moral-education-director"}], "T007": [{"role": "general-affairs"}], "T008": [{"role": "school-doctor"}],
    "T009": [{"role": "librarian"}], "T043": [{"role": "counsellor"}],
    "T011": [{"role": "grade-leader", "grade": 7}], "T013": [{"role": "grade-leader", "grade": 8}, {"role": "subject-leader", "subject": "语文"}],
    "T019": [{"role": "grade-leader", "grade": 9}, {"role": "subject-leader", "subject": "数学"}], "T024": [{"role": "subject-leader", "subject": "英语"}],
    "T028": [{"role": "subject-leader", "subject": "科学"}], "T031": [{"role": "subject-leader", "subject": "道法"}],
}
YEAR = {"from": "2025-09-01", "until": "2026-08-31"}
STAFF_LEFT = {"T020": "2026-01-23"}
STAFF_LEAVE = {"T023": ("2026-03-02", "2026-06-26", "产假", "T045"), "T033": ("2025-12-01", "2025-12-12", "病假", "T035")}
LEADERS = {
    "2025-1": ["T011"], "2025-2": ["T016"], "2025-3": ["T022"], "2024-1": ["T017"], "2024-2": ["T018", "T027"], "2024-3": ["T013"],
    "2023-1": ["T014"], "2023-2": ["T024"], "2023-3": ["T015"],
}
LEADER_CHANGE = ("2026-02-24", "2026-02-25")  # last day of the first leader of 2024-2, first day of the second


def make_staff():
    lines = []
    for one, name, _, _ in STAFF:
        leave = None
        if one in STAFF_LEAVE:
            first, last, because, substitute = STAFF_LEAVE[one]
            leave = [{"from": first, "until": last, "because": quoted(because), "substitute": substitute}]
        lines.append(record(id=one, name=name, roles=[{**role, **YEAR} for role in ROLES.get(one, [])], left=STAFF_LEFT.get(one), leave=leave))
    return lines


def make_teaching():
    """(staff, subject, class, from, until); the teachers of grades 7 and 8 go on with their classes."""
    rows = []
    for one, _, subject, classes in STAFF:
        for class_id in classes.split():
            rows.append((one, subject, class_id, "2025-09-01", STAFF_LEFT.get(one) or ("2026-07-03" if class_id.startswith("2023") else None)))
    rows.append(("T044", "数学", "2023-3", "2026-02-25", "2026-07-03"))  # after T020 left
    order = [class_id for class_id, *_ in CLASSES]
    return sorted(rows, key=lambda row: (order.index(row[2]), [s for _, _, s, _ in STAFF].index(row[1]), row[3]))


def teacher_of(teaching, subject, class_id, day):
    return next(row[0] for row in teaching if row[1] == subject and row[2] == class_id and row[3] <= day <= (row[4] or "9999"))


def make_bodies(names):
    lines = [
        record(id="B-office", name="教导处", kind="office", members=[{"member": "T005", "from": "2025-09-01"}], responsible=[{"staff": "T005"}]),
        record(id="B-moral", name="德育处", kind="office", members=[{"member": "T006", "from": "2025-09-01"}, {"member": "T043", "from": "2025-09-01"}], responsible=[{"staff": "T006"}]),
        record(id="B-junior", name="初中部", kind="department", responsible=[{"staff": "T003"}]),
        record(id="B-leading", name="帮扶工作领导小组", kind="leading-group",
               members=[{"member": one, "from": "2025-09-01"} for one in ("T001", "T003", "T005", "T006", "T011", "T013", "T019")], responsible=[{"staff": "T001"}]),
    ]
    groups = [("chinese", "语文组", "语文", "T013"), ("maths", "数学组", "数学", "T019"), ("english", "英语组", "英语", "T024"), ("science", "科学组", "科学", "T028")]
    for code, name, subject, leader in groups:
        members = [{"member": one, "from": "2025-09-01", "until": STAFF_LEFT.get(one)} for one, _, taught, _ in STAFF if taught == subject]
        lines.append(record(id=f"B-{code}", name=name, kind="subject-group", parent="B-office", members=members, responsible=[{"staff": leader}]))
    humanities = [{"member": one, "from": "2025-09-01"} for one, _, taught, _ in STAFF if taught in ("道法", "历史")]
    lines.append(record(id="B-humanities", name="道法历史组", kind="subject-group", parent="B-office", members=humanities, responsible=[{"staff": "T031"}]))
    lines.append(record(id="B-community", name="春晖街道关心下一代工作委员会", kind="agency"))
    lines.append(record(id="B-family-20230336", name=f"{names['20230336']}的家庭", kind="family", members=[{"member": quoted("20230336")}]))
    return lines


# --- exams -------------------------------------------------------------------------------------------------------

FULL = {"语文": 150, "数学": 150, "英语": 150, "科学": 100, "道法": 100, "历史": 100}
COHORT = {2025: 0, 2024: -1.2, 2023: 0.2}  # no two years of entry are alike
MEAN = {"语文": 79, "数学": 81, "英语": 81, "科学": 79, "道法": 84, "历史": 83}
SIX = list(FULL)
MONTHLY, MIDTERM, FINAL = "2025-10-15-monthly", "2025-11-12-midterm", "2026-01-16-final"
ENTRY, RETEST, MIDTERM_2, FINAL_2 = "2026-02-26-entry", "2026-02-28-retest", "2026-04-22-midterm", "2026-06-29-final"
EXAMS = [  # id, name, kind, term, subjects, cohorts that sat it
    (MONTHLY, "十月月考", "monthly", "2025-fall", SIX[:4], (2025, 2024, 2023)),
    (MIDTERM, "期中考试", "midterm", "2025-fall", SIX, (2025, 2024, 2023)),
    (FINAL, "期末考试", "final", "2025-fall", SIX, (2025, 2024, 2023)),
    (MIDTERM_2, "期中考试", "midterm", "2026-spring", SIX, (2025, 2024, 2023)),
    (FINAL_2, "期末考试", "final", "2026-spring", SIX, (2025, 2024)),  # grade 9 sits the town's own exam instead
]
ABSENT = dict.fromkeys(SIX, "absent")

# The awkward cases: marks set by hand. Whoever stands here is an even, passing student in everything else.
SET = {
    "20250104": {MONTHLY: {"数学": 84}, MIDTERM: {"数学": 80.5}, FINAL: {"数学": 78}, MIDTERM_2: {"数学": 88.5}, FINAL_2: {"数学": 93}},
    "20250112": {FINAL: {"数学": 90, "道法": 60}},
    "20250118": {FINAL: {"数学": 89.5}},
    "20250131": {FINAL: {"科学": 59.5}},
    "20250208": {MONTHLY: {"英语": 85}, MIDTERM: {"英语": 82.5}, FINAL: ABSENT, MIDTERM_2: {"英语": 96}},
    "20250215": {MIDTERM: ABSENT, FINAL: ABSENT},
    "20250222": {exam[0]: {"英语": "exempt"} for exam in EXAMS},
    "20250305": {MONTHLY: {"数学": 50, "科学": 41}, MIDTERM: {"数学": 46.5, "科学": 38}, FINAL: {"数学": 52, "科学": 40.5},
                 MIDTERM_2: {"数学": 49, "科学": 43}, FINAL_2: {"数学": 55, "科学": 44}},
    "20250317": {FINAL: {"英语": 86}},
    "20250323": {MONTHLY: {"语文": 86.5}, MIDTERM: {"语文": 88}, FINAL: {"语文": 84}},
    "20250246": {MIDTERM_2: {"数学": 95}, FINAL_2: {"数学": 99}},
    "20250247": {MIDTERM_2: {"英语": 81}, FINAL_2: {"英语": 90}},
    "20240146": {FINAL: {"历史": 55}, MIDTERM_2: {"历史": 52}},
    "20240211": {FINAL: {"科学": 58}},
    "20240104": {FINAL: {"数学": 81}}, "20240130": {FINAL: {"英语": 84}}, "20240220": {FINAL: {"科学": 56.5}}, "20240305": {FINAL: {"语文": 87}},
    "20240227": {FINAL: {"历史": 59.5}},
    "20240316": {FINAL: {"道法": 59.5}},
    "20240128": {FINAL: {"英语": "void"}},
    "20240233": {MIDTERM: {"数学": "deferred"}},
    "20240301": {FINAL: {"历史": "~"}},
    "20230109": {MIDTERM: {"语文": 138, "数学": 146, "英语": 141.5, "科学": 95, "道法": 96, "历史": 97},
                 FINAL: {"语文": 109, "数学": 104, "英语": 106.5, "科学": 71, "道法": 76, "历史": 74}},
    "20240110": {MONTHLY: {"数学": 82}, MIDTERM: {"数学": 87.5}, FINAL: {"数学": 96}},
    "20240207": {FINAL: {"道法": 55}},
    "20240222": {FINAL: {"数学": 80}},
    "20240139": {FINAL: {"英语": 75}},
    "20240125": {}, "20240307": {}, "20230318": {}, "20230336": {}, "20250328": {},
    "20230123": {MIDTERM: {"科学": 52}, FINAL: {"科学": 48}, MIDTERM_2: ABSENT},
    "20230130": {MONTHLY: {"语文": 85}, MIDTERM: {"语文": 81}, FINAL: {"语文": 79.5}, MIDTERM_2: {"语文": 86}},
    "20230119": {FINAL: {"英语": 84}},
    "20230221": {MONTHLY: {"数学": 81}, MIDTERM: {"数学": 86}, FINAL: {"数学": 88}, MIDTERM_2: {"数学": 92.5}},
    "20230302": {MIDTERM: {"科学": 55}, FINAL: {"科学": 53.5}},
}
ENTRY_MARKS = {"20250246": {"语文": 104, "数学": 84, "英语": 110, "科学": 70}, "20250247": {"语文": 98.5, "数学": 101, "英语": 70.5, "科学": 66}}
RETEST_MARKS = {
    "20230119": {"数学": "exempt", "英语": 97.5, "道法": "exempt"},
    "20240207": {"数学": "exempt", "英语": "exempt", "道法": 68},
    "20240222": {"数学": 86, "英语": "exempt", "道法": "exempt"},
}


def mark_text(mark):
    return str(int(mark)) if not isinstance(mark, str) and mark == int(mark) else str(mark)


def invent_mark(one, exam, subject, even):
    spread = 0.45 if even else 1
    ability = 0.76 * normal("ability " + one) + 0.5 * normal(f"subject {one} {subject}") + 0.38 * normal(f"{exam} {one} {subject}")
    ease = 2.5 * (uniform(f"ease {exam} {subject}") - 0.5)
    share = min(99.5, max(22.0, MEAN[subject] + COHORT[int(one[:4])] + ease + 8.9 * spread * ability)) / 100
    halves = int(share * FULL[subject] * 2 + 0.5)
    if FULL[subject] == 100 and uniform(f"half {exam} {one} {subject}") < 0.6:
        halves -= halves % 2  # papers out of 100 seldom give half points
    return halves / 2


def make_marks(students):
    """exam id -> student id -> subject -> mark"""
    table = {}
    for exam, _, _, _, subjects, cohorts in EXAMS:
        rows = table[exam] = {}
        for student in students:
            one = student["id"]
            if student["cohort"] not in cohorts or class_on(student, exam[:10]) is None:
                continue
            rows[one] = {subject: invent_mark(one, exam, subject, one in SET) for subject in subjects}
            # A few children are ill on any day.
            if one not in SET and uniform(f"ill {exam} {one}") < 0.004:
                rows[one] = dict.fromkeys(subjects, "absent")
            rows[one].update({subject: mark for subject, mark in SET.get(one, {}).get(exam, {}).items() if subject in subjects})
    table[ENTRY], table[RETEST] = ENTRY_MARKS, RETEST_MARKS
    return table


def grade_file(exam, name, kind, term, subjects, rows, retests=None):
    lines = ["exam: " + flow({"id": exam, "name": name, "kind": kind, "term": term, "date": exam[:10], "retests": retests}), "subjects:"]
    lines += [f"  {subject}: {{full: {FULL[subject]}, pass: {FULL[subject] * 60 // 100}}}" for subject in subjects]
    lines += ["columns: " + flow(subjects), "scores:"]
    lines += [f'  "{one}": [{", ".join(mark_text(rows[one][subject]) for subject in subjects)}]' for one in sorted(rows)]
    return file_of("grades", lines)


# --- counts ------------------------------------------------------------------------------------------------------

COUNTS = [("2025-12", "十二月", "2025-12-01", "2025-12-31"), ("2026-01", "一月", "2026-01-01", "2026-01-23")]
COUNTS_SET = {
    ("2025-12", "20250328"): (0, 9), ("2026-01", "20250328"): (1, 8), ("2025-12", "20240125"): (2, 7), ("2026-01", "20240125"): (0, 5),
    ("2025-12", "20230336"): (6, 3), ("2026-01", "20230336"): ("~", 2), ("2026-01", "20250208"): (7, "~"),
}


def make_counts(students, name):
    lines = []
    for student in students:
        one = student["id"]
        if (name, one) in COUNTS_SET:
            absences, homework = COUNTS_SET[name, one]
        else:
            absences = int(uniform(f"absences {name} {one}") ** 6 * 4)
            homework = int(uniform(f"homework {name} {one}") ** 4 * 5)
        if class_on(student, name + "-15") and (absences, homework) != (0, 0):
            lines.append((one, f'  "{one}": [{absences}, {homework}]'))
    return [line for _, line in sorted(lines)]


# --- cases: list, events, pairs ----------------------------------------------------------------------------------

LIST_DAY, DEMO_DAY = "2026-02-27", "2026-03-02"
RUN = record_id("run " + LIST_DAY)
OUTSIDE = {"20240125", "20240145", "20240227", "20240316"}  # beyond the twelve places of grade 8 on that day


def failing(rows, one):
    return [subject for subject, mark in rows.get(one, {}).items() if not isinstance(mark, str) and mark * 100 < FULL[subject] * 60]


def evidence(rows, one, subjects):
    return "；".join(f"{subject} {mark_text(rows[one][subject])} < {FULL[subject] * 60 // 100}" for subject in subjects)


def listed_students(students, marks):
    """(id, outcome, rules, subjects, evidence): what the school saved on LIST_DAY, before the retest."""
    final, items = marks[FINAL], []
    for student in students:
        one = student["id"]
        subjects = failing(final, one)
        if class_on(student, LIST_DAY) is None:
            continue
        if one in ENTRY_MARKS:
            subjects = failing(ENTRY_MARKS, one)
            identified = any(ENTRY_MARKS[one][subject] * 100 < FULL[subject] * 50 for subject in subjects)
            rules = ["entry-below-50", "entry-50-to-59"] if identified else ["entry-50-to-59"]
            items.append((one, "identified" if identified else "pending", rules, subjects, evidence(ENTRY_MARKS, one, subjects) + "（转入成绩）"))
        elif one in TRANSFERRED and subjects:
            items.append((one, "pending", ["transfer-50-to-59"], subjects, evidence(final, one, subjects) + "（期末考试 2026-01-16）"))
        elif subjects:
            again = any(subject in failing(marks[MIDTERM], one) for subject in subjects)
            rules = ["final-below-60", "two-failures"] if again else ["final-below-60"]
            items.append((one, "identified", rules, subjects, evidence(final, one, subjects) + "（期末考试 2026-01-16）"))
    items.append(("20250208", "identified", ["two-failures"], ["英语"], "英语 85 < 90，82.5 < 90（十月月考、期中考试）；期末缺考"))
    items.append(("20250215", "watch", ["missed-exams"], [], "期中考试、期末考试缺考"))
    items.append(("20230109", "watch", ["rank-fall"], [], "期中到期末，年级名次明显下降"))
    items.append(("20250328", "watch", ["homework"], [], "作业不交 17 次"))
    items.append(("20230336", "watch", ["by-hand"], [], "年级会议提名"))
    order = {"identified": 0, "pending": 1, "watch": 2}
    items = [item for item in items if item[0] not in OUTSIDE]
    return sorted(items, key=lambda item: (order[item[1]], -len(item[3]), item[0]))


def make_list(items):
    lines = [record(id=RUN, list=LIST_DAY, at=LIST_DAY, term="2026-spring", policy="chunhui-2026", exams=[MONTHLY, MIDTERM, FINAL, ENTRY], students=len(items))]
    for one, outcome, rules, subjects, text in items:
        lines.append(record(id=record_id(f"item {one}"), of=RUN, student=quoted(one), outcome=outcome, rules=rules, subjects=subjects, evidence=quoted(text)))
    return lines


def event(key, date, kind, **values):
    return record(id=record_id("event " + key), date=date, kind=kind, **values)


def make_events():
    """student id -> lines, in the order in which they were written"""
    final = {"rules": ["final-below-60"], "exams": [FINAL]}
    wrong = record_id("event 20240307 c")
    return {
        "20250104": [
            event("20250104 a", "2026-02-27", "confirmed", by="T011", role="class-teacher", list=RUN, because=quoted("三次考试数学都不及格；计算错得多，思路是清楚的")),
            event("20250104 b", "2026-03-02", "praise", by="T011", because=quoted("主动到办公室问了两道题")),
        ],
        "20250305": [
            event("20250305 a", "2025-11-20", "excluded", by="T001", basis="physiological", because=quoted("医院证明，已与家长谈过；照常关心，发展特长")),
        ],
        "20250317": [
            event("20250317 a", "2026-02-27", "dismissed", by="T021", **final, because=quoted("考试当天发烧，平时英语在 110 分左右")),
        ],
        "20250323": [
            event("20250323 a", "2025-11-20", "dismissed", by="T022", rules=["two-failures"], exams=[MONTHLY, MIDTERM], because=quoted("刚升入初中，还在适应，再看一次")),
        ],
        "20240110": [
            event("20240110 a", "2025-11-20", "confirmed", subject="数学", by="T017", role="subject-teacher", because=quoted("连续两次不及格")),
            event("20240110 b", "2025-12-22", "goal-met", subject="数学", by="T017", because=quoted("四周作业全部按时交")),
            event("20240110 c", "2026-01-22", "released", subject="数学", by="T017", because=quoted("期末数学 96，达到目标")),
        ],
        "20240307": [
            event("20240307 a", "2025-12-08", "observed", by="T013", indicator="inferiority", because=quoted("课上从不举手，点到时说自己不会")),
            event("20240307 b", "2025-12-10", "observed", by="T043", indicator="inferiority", because=quoted("心理课小组活动时退到最后")),
            event("20240307 c", "2025-12-11", "observed", by="T034", indicator="withdrawn", because=quoted("不和同学说话")),
            record(id=record_id("event 20240307 d"), at="2025-12-12", voids=wrong, because=quoted("记错了人")),
        ],
        "20230318": [
            event("20230318 a", "2025-12-10", "observed", by="T043", indicator="withdrawn", because=quoted("课间总是一个人")),
            event("20230318 b", "2026-02-28", "observed", by="T015", indicator="tired-of-study", because=quoted("开学三天没有带书")),
            record(id=record_id("event 20230318 c"), at="2026-03-02", fixes=record_id("event 20230318 b"), date="2026-02-28", kind="observed",
                   by="T015", indicator="tired-of-study", because=quoted("开学三天没有交作业，说不想学")),
        ],
        "20230221": [
            event("20230221 a", "2025-11-20", "confirmed", subject="数学", by="T019", role="subject-teacher", because=quoted("连续两次不及格")),
            event("20230221 b", "2026-01-09", "released", subject="数学", by="T019", because=quoted("单元检测连续三次及格")),
            event("20230221 c", "2026-02-27", "reopened", subject="数学", by="T019", because=quoted("期末 88，离及格差 2 分，再帮一个学期")),
        ],
        "20230302": [
            event("20230302 a", "2025-11-20", "excluded", by="T001", basis="physiological", because=quoted("听力下降，等医院检查")),
            event("20230302 b", "2026-02-26", "included", by="T001", because=quoted("已配助听器，医生说可以正常学习")),
        ],
        "20230123": [
            event("20230123 a", "2026-02-27", "confirmed", subject="科学", by="T028", role="subject-teacher", list=RUN, because=quoted("住院期间由学校送教")),
            event("20230123 b", "2026-02-28", "note", by="T014", because=quoted("家长来电：五月底出院")),
        ],
        "20240146": [
            event("20240146 a", "2026-02-27", "pending", subject="历史", by="T005", role="dean", list=RUN, because=quoted("转入学生，期中考试后再定")),
        ],
    }


def make_pairs(students, marks, teaching, items):
    lines, mentored = [], {}
    by_id = {student["id"]: student for student in students}
    cases = {item[0] for item in items}
    held = {}
    for one, outcome, _, subjects, _ in items:
        if outcome != "identified" or one == "20250317":
            continue
        class_id = class_on(by_id[one], LIST_DAY)
        staff = teacher_of(teaching, subjects[0], class_id, LIST_DAY)
        held[staff] = held.get(staff, 0) + 1
        if held[staff] > 3:
            continue
        mentored[one] = record_id("mentor " + one)
        lines.append(record(id=mentored[one], student=quoted(one), staff=staff, role="mentor", subject=subjects[0], from_=LIST_DAY, until="2026-07-03", because=quoted(f"任教{subjects[0]}")))
    for one, subject in (("20250104", "数学"), ("20230130", "语文"), ("20240222", "数学")):
        class_id = class_on(by_id[one], LIST_DAY)
        classmates = [other for other in sorted(marks[FINAL]) if other not in cases and class_on(by_id[other], LIST_DAY) == class_id]
        peer = max(classmates, key=lambda other: (0 if isinstance(marks[FINAL][other][subject], str) else marks[FINAL][other][subject]))
        lines.append(record(id=record_id("peer " + one), student=quoted(one), peer=quoted(peer), role="peer", subject=subject, from_=DEMO_DAY))
    lines.append(record(id=record_id("agency 20230336"), student=quoted("20230336"), body="B-community", role="agency", from_=DEMO_DAY, because=quoted("留守在家，与祖父母同住")))
    lines.append(record(id=record_id("mentor 20230336"), student=quoted("20230336"), staff="T043", role="mentor", from_=LIST_DAY, until="2026-07-03"))
    ended = mentored["20230119"]
    lines.append(record(id=record_id("ends 20230119"), at=DEMO_DAY, ends=ended, until=DEMO_DAY, because=quoted("补考及格，结对结束")))
    return lines


# --- all files ---------------------------------------------------------------------------------------------------


def student_line(student):
    leave = student["leave"]
    return record(id=quoted(student["id"]), name=student["name"], classes=student["classes"], transferred=student["transferred"], left=student["left"],
                  groups=student["groups"], leave=[{"from": leave[0], "until": leave[1], "because": quoted(leave[2])}] if leave else None)


def class_line(class_id, name, cohort):
    leaders = [{"staff": one, "from": ENTERED[cohort]} for one in LEADERS[class_id]]
    if len(leaders) == 2:
        leaders[0]["until"], leaders[1]["from"] = LEADER_CHANGE
    return record(id=class_id, name=name, cohort=cohort, entry_grade=7, leaders=leaders)


def make_files():
    students, teaching = make_students(), make_teaching()
    marks = make_marks(students)
    items = listed_students(students, marks)
    files = {
        "help.yaml": file_of("help", HELP.rstrip("\n").split("\n"), depth=0),
        "policy.yaml": file_of("policy", POLICY.rstrip("\n").split("\n"), depth=0),
        "roster/students.yaml": file_of("students", [student_line(student) for student in students]),
        "roster/staff.yaml": file_of("staff", make_staff()),
        "roster/classes.yaml": file_of("classes", [class_line(*one[:3]) for one in CLASSES]),
        "roster/teaching.yaml": file_of("teaching", [record(staff=a, subject=b, class_=c, from_=d, until=e) for a, b, c, d, e in teaching]),
        "roster/bodies.yaml": file_of("bodies", make_bodies({student['id']: student['name'] for student in students})),
        f"lists/{LIST_DAY}.yaml": file_of("lists", make_list(items)),
        "pairs/2026-spring.yaml": file_of("pairs", make_pairs(students, marks, teaching, items)),
    }
    for exam, name, kind, term, subjects, _ in EXAMS:
        files[f"grades/{exam}.yaml"] = grade_file(exam, name, kind, term, subjects, marks[exam])
    files[f"grades/{ENTRY}.yaml"] = grade_file(ENTRY, "转入成绩", "entry", "2026-spring", SIX[:4], ENTRY_MARKS)
    files[f"grades/{RETEST}.yaml"] = grade_file(RETEST, "期末补考", "other", "2026-spring", ["数学", "英语", "道法"], RETEST_MARKS, retests=FINAL)
    for name, label, first, last in COUNTS:
        header = ["counts: " + flow({"id": name, "name": label, "from": first, "until": last}), "columns: [absences, homework-missing]", "rows:"]
        files[f"counts/{name}.yaml"] = file_of("counts", header + make_counts(students, name))
    for one, lines in make_events().items():
        files[f"events/{one}.yaml"] = file_of("events", lines)
    return files


def main():
    files = make_files()
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit("usage: make-school.py [--check]")
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    differ = sorted(there - files.keys())
    differ += [name for name, text in sorted(files.items()) if name not in there or (FOLDER / name).read_bytes() != text.encode()]
    if sys.argv[1:]:
        for name in differ:
            print(f"differs: {name}")
        sys.exit(1 if differ else 0)
    for name, text in files.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    left_over = sorted(there - files.keys())
    if left_over:
        sys.exit("not of this school, please remove: " + " ".join(left_over))


if __name__ == "__main__":
    main()
