#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the invented school in examples/school, the same bytes every time.

    examples/make-school.py            write the files
    examples/make-school.py --check    say which files differ; exit 1 if any does

Every person and every mark is invented. All chance comes from hashes of a key, so that a change in one place
of this script changes nothing elsewhere. The awkward cases are set by hand and listed in README.md.
"""

import datetime
import hashlib
import re
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
  - {from: 2026-06-03, until: 2026-06-05, because: 流感停课, classes: [2025-2]}
  - {from: 2026-06-15, until: 2026-06-18, because: 中考, grades: [9]}
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
decide:
  steps:
    - {id: teacher, name: 任课教师或班主任确定, who: [subject-teacher, class-teacher], source: XX-04 QN-13}
    - {id: office, name: 教务处备案, who: dean, source: BS-09}
  release:
    - {id: two-passes, name: 连续两次常规考试及格, exams: {kind: routine}, times: 2, source: BF-36, because: 方案没有写脱困的标准，连续两次及格是我们定的}
phases:
  - {id: spring, name: 春季帮扶期, from: 03-02, until: 06-26, who: dean, source: FZ-01}
  - {id: autumn, name: 秋季帮扶期, from: 09-07, until: 01-15, who: dean, source: FZ-01}
# 哪些记录也算作另一种：家访、电话、家长会都是与家庭联系；心理老师的辅导也是谈心。
evidence:
  parent-contact: [home-visit, phone-call, parent-talk, parents-meeting]
  talk: [psychological-support]
archive:
  categories:
    - {id: weak-basis, name: 基础薄弱, group: study}
    - {id: study-habits, name: 学习习惯, group: study}
    - {id: confidence, name: 缺乏信心, group: psychology}
    - {id: family-care, name: 家庭照顾不够, group: life}
  causes:                                         # PT-08：社会、学校、家庭、非智力因素、其他
    - {id: society, name: 社会}
    - {id: school, name: 学校}
    - {id: family, name: 家庭}
    - {id: non-intellectual, name: 非智力因素}
    - {id: other, name: 其他}
  analysis:                                       # PT-16 XX-16：「学习态度、学习习惯、学习方式、师生交流、应试技巧」
    - {id: attitude, name: 学习态度}
    - {id: habits, name: 学习习惯}
    - {id: ways, name: 学习方式}
    - {id: exchange, name: 师生交流}
    - {id: test-skills, name: 应试技巧}
  countermeasures:
    - {id: lessons, name: 课堂学习}
    - {id: self-study, name: 自主学习}
    - {id: homework, name: 作业管理}
    - {id: tutoring, name: 课后辅导}
  requires: [causes, baseline, measures, goals]
  within: 30 days
  who: class-teacher
  # 期限原文是「11月28日完成」；从确认之日起三十天是我们定的
  source: FZ-08 ZZ-05 PT-15
# 2026 年春季学期开始执行（from）。
cadence:
  - id: talk
    name: 谈心
    who: mentor
    does: [talk, one-on-one]
    for: each pair
    every: week
    by: thursday
    during: {phases: [spring, autumn]}
    needs: [note]
    substitutes: true
    from: 2026-02-25
    source: FZ-13 BF-16
    because: "「每周四之前」，周四当天算按时；「做好谈话记录」，没有内容的不算；代课教师谈的也算，是我们定的"
  - id: home-visit
    name: 家访
    who: class-teacher
    does: home-visit
    for: each case
    every: month
    start: at-once
    from: 2026-02-25
    source: BF-15
    because: 月中确认的，当月就家访，是我们定的
  - id: family
    name: 与家庭联系
    who: class-teacher
    does: parent-contact
    for: each case
    at-least: 2
    every: term
    start: at-once
    from: 2026-02-25
    source: BF-26
    because: 原文没有次数，每学期两次是我们定的；家访也算
  - id: talk-after-exam
    name: 考试后谈话
    who: subject-teacher
    does: [talk, one-on-one]
    for: each case
    after: {exam: routine}
    within: 7 days
    substitutes: true
    from: 2026-02-25
    source: BF-22 CW-06
    because: 「及时」没有天数，7 天是我们定的；每个科目各谈一次；代课教师谈的也算
  - id: study-meeting
    name: 研究学情
    who: class-teacher
    does: study-meeting
    for: each class
    every: two-weeks
    needs: [with]
    from: 2026-02-25
    source: QN-04
    because: 原文每周一次，我们两周一次；要写明参加的人
  - id: office-meeting
    name: 专题办公会
    who: principal
    does: office-meeting
    for: school
    every: month
    by: month-end
    from: 2026-02-25
    source: QN-05
  - id: research-meeting
    name: 教研组活动
    who: subject-group
    does: research-meeting
    for: each group
    every: week
    needs: [with]
    from: 2026-02-25
    source: YQ-06
    because: 要有考勤，写明参加的人
  - id: archive
    name: 一生一册建档
    who: class-teacher
    does: archive
    for: each case
    once: {by: 03-31}
    from: 2026-02-25
    source: FZ-08
    because: 「11 月 28 日前」是秋季的日期；春季 3 月 31 日是我们定的
  - id: report
    name: 每月小结
    who: mentor
    does: report
    for: self
    to: dean
    every: month
    by: month-end
    from: 2026-02-25
    source: BS-11
  - id: term-summary
    name: 学期总结
    who: grade-leader
    does: summary
    for: each grade
    every: term
    by: term-end
    from: 2026-02-25
    source: YN-22
    because: 原文由学校总结，我们由各年级先写
assign:
  - id: mentors
    name: 导师
    role: mentor
    who: subject-teacher
    must: subject
    load: {least: 1, most: 3}
    mode: both
    lasts: term
    holds: term
    source: QN-11 PT-18
    because: 先双向选择，没有选上的由学校安排；每人最多带三名是我们定的
  - id: peers
    name: 结对同学
    role: peer
    for: each subject
    who: students
    must: [same-class, subject]
    load: {most: 1}
    strong: 85%
    lasts: term
    source: XX-18 PT-24
    because: 一帮一；85 % 是我们定的
chain:
  - {level: school, who: principal, source: BF-01}
  - {level: grade, who: grade-leader, source: BF-02}
  - {level: class, who: class-teacher, source: BF-01}
  - {level: student, who: mentor, source: BF-01}
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
    "20240130": ("2026-05-11", "2026-05-15", "水痘"),
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
STAFF_LEAVE = {
    "T023": ("2026-03-02", "2026-06-26", "产假", "T045"), "T033": ("2025-12-01", "2025-12-12", "病假", "T035"),
    "T026": ("2026-04-13", "2026-04-24", "病假", "T027"), "T012": ("2026-05-11", "2026-05-22", "外出培训", None),
}
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
# The list that `help identify --save` wrote on that day, before the decisions of the day: it is kept as it was written. A test says when the
# school has changed so that another would be written (tests/unit/example_school_test.cpp).
SAVED_LIST = (FOLDER / "lists" / f"{LIST_DAY}.yaml").read_text(encoding="utf-8")
RUN = re.search(r"id: (\w+), list:", SAVED_LIST)[1]
OUTSIDE = {"20240125", "20240145", "20240227", "20240316"}  # beyond the twelve places of grade 8 on that day


def failing(rows, one):
    return [subject for subject, mark in rows.get(one, {}).items() if not isinstance(mark, str) and mark * 100 < FULL[subject] * 60]


def listed_students(students, marks):
    """(id, outcome, subjects): whom the school saved on LIST_DAY, before the retest, and who is excluded."""
    final, items = marks[FINAL], []
    for student in students:
        one = student["id"]
        subjects = failing(final, one)
        if class_on(student, LIST_DAY) is None:
            continue
        if one in ENTRY_MARKS:
            subjects = failing(ENTRY_MARKS, one)
            identified = any(ENTRY_MARKS[one][subject] * 100 < FULL[subject] * 50 for subject in subjects)
            items.append((one, "identified" if identified else "pending", subjects))
        elif one in TRANSFERRED and subjects:
            items.append((one, "pending", subjects))
        elif subjects:
            items.append((one, "identified", subjects))
    items.append(("20250208", "identified", ["英语"]))  # two failures in a row, then absent
    items += [(one, "watch", []) for one in ("20250215", "20230109", "20250328", "20230336")]
    order = {"identified": 0, "pending": 1, "watch": 2}
    items = [item for item in items if item[0] not in OUTSIDE]
    return sorted(items, key=lambda item: (order[item[1]], -len(item[2]), item[0]))


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


CONFIRMED = ["愿意学，先补基础", "缺的是信心，先从小目标开始", "上课认真，方法要改", "家长配合，一起来", "聪明，作业再细心些就好"]


def make_confirmations(students, items):
    """(student id, line): what the class teachers confirmed after the list, and what came of it"""
    cases = make_cases({student["id"]: student for student in students}, items)
    for student in students:
        one = student["id"]
        first, _, subject = cases.get(one, (None, None, None))
        if first == CONFIRM_DAY:
            staff = LEADERS[class_on(student, CONFIRM_DAY)][-1]
            yield one, event(f"{one} confirmed", CONFIRM_DAY, "confirmed", subject=subject, by=staff, role="class-teacher", list=RUN, because=quoted(choose("confirmed " + one, CONFIRMED)))
    yield "20240146", event("20240146 b", "2026-04-27", "confirmed", subject="历史", by="T017", role="class-teacher", because=quoted("期中历史 52，从现在起一起补"))
    yield "20230238", event("20230238 b", "2026-05-20", "released", subject="数学", by="T024", because=quoted("连续四次练习及格，自己也说有把握了"))


def make_pairs(students, marks, teaching, items):
    lines, mentored = [], {}
    by_id = {student["id"]: student for student in students}
    cases = {item[0] for item in items}
    held = {}
    for one, outcome, subjects in items:
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
    # After the midterm: a mentor who is replaced, a new pair, and one that has reached its goal.
    lines.append(record(id=record_id("ends 20240204"), at="2026-04-24", ends=mentored["20240204"], until="2026-04-24", because=quoted("导师工作调整")))
    lines.append(record(id=record_id("mentor 20240204 again"), student=quoted("20240204"), staff="T044", role="mentor", subject="数学", from_="2026-04-27", until="2026-07-03", because=quoted("接替徐敏")))
    lines.append(record(id=record_id("mentor 20240146"), student=quoted("20240146"), staff="T034", role="mentor", subject="历史", from_="2026-04-27", until="2026-07-03", because=quoted("任教历史")))
    lines.append(record(id=record_id("ends 20230238"), at="2026-05-20", ends=mentored["20230238"], until="2026-05-20", because=quoted("达到目标，结对结束")))
    return lines


def make_prefs():
    """Wishes of the two-way choice, and a pair that must not be."""
    wishes = [
        ("20240204", "[T018, T044]"), ("20230302", "[T029]"), ("20240146", "[T034, T013]"), ("20250247", "[[T021, T023]]"),
        ("T018", '["20240222", "20240204"]'), ("T029", '["20230302"]'), ("T034", '["20240146"]'), ("T044", '["20240204"]'),
    ]
    lines = [record(id=record_id("wish " + one), date="2026-02-26", of=quoted(one) if one.isdigit() else one, role="mentor", prefers=prefers) for one, prefers in wishes]
    lines.append(record(id=record_id("banned 20250104"), date="2026-02-26", pair="banned", role="peer", student=quoted("20250104"), with_=quoted("20250112"), because=quoted("两人住隔壁，家长不希望")))
    return lines


def mentor_pairs(lines):
    """The pairs with a mentor, as the lines say: student, staff, subject, from, until"""
    ends = {found.group(1): found.group(2) for line in lines if (found := re.search(r"ends: (\w+), until: (\S+),", line))}
    pairs = []
    for line in lines:
        if found := re.match(r'- {id: (\w+), student: "(\d+)", staff: (\w+), role: mentor,(?: subject: (\S+),)? from: (\S+), until: ([-\d]+)', line):
            pair, student, staff, subject, first, last = found.groups()
            pairs.append({"student": student, "staff": staff, "subject": subject, "from": first, "until": ends.get(pair, last)})
    return pairs


# --- log: a term of care ------------------------------------------------------------------------------------------

SPRING = ("2026-02-25", "2026-07-03")
CARE = ("2026-03-02", "2026-06-26")  # the phase in which talks are owed each week
CONFIRM_DAY = "2026-03-04"


def plus(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()


def days_from(first, last):
    return [plus(first, n) for n in range((datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days + 1)]


def weekday(day):
    return datetime.date.fromisoformat(day).weekday()


def make_school_days():
    """class id -> its school days of the spring, from the calendar above"""
    breaks = re.findall(r"name: [^,]+, from: (\S+), until: (\S+)}", HELP)
    made_up = set(re.findall(r"{date: (\S+),", HELP))
    closures = re.findall(r"{from: (\S+), until: (\S+), because: [^,]+, (classes|grades): \[([^]]+)\]}", HELP)
    off = {day for first, last in breaks for day in days_from(first, last)}
    school = [day for day in days_from(*SPRING) if day in made_up or (weekday(day) < 5 and day not in off)]
    table = {}
    for class_id, _, cohort, _ in CLASSES:
        closed = {day for first, last, of, which in closures for day in days_from(first, last)
                  if which == class_id or (of == "grades" and int(which) == 2025 - cohort + 7)}
        table[class_id] = [day for day in school if day not in closed]
    return table


class Log:
    """The files of the log: a record goes to the month of its day and to whoever owes it, in the order of writing."""

    def __init__(self):
        self.files = {}

    def write(self, owner, date, line, at=None):
        lines = self.files.setdefault(f"log/{date[:7]}/{owner}.yaml", [])
        lines.append((at or date, len(lines), line))

    def add(self, key, owner, date, kind, students=(), at=None, fixes=None, by=None, with_=None, body=None, class_=None, grade=None, subject=None, to=None,
            channel=None, place=None, present=None, student_present=None, minutes=None, tags=None, exam=None, follow_up=None, note=None):
        """Writes a record as `help note` would; its id."""
        one = record_id("log " + key)
        ids = [quoted(student) for student in students]
        self.write(owner, date, record(
            id=one, at=at, fixes=fixes, date=date, kind=kind, by=by, with_=with_, student=ids[0] if len(ids) == 1 else None, students=ids if len(ids) > 1 else None,
            class_=class_, grade=grade, body=body, subject=subject, to=to, channel=channel, place=quoted(place) if place else None, present=present,
            student_present=student_present, minutes=minutes, tags=tags, exam=exam, follow_up=follow_up, note=quoted(note) if note else None), at)
        return one

    def void(self, key, owner, date, at, target, because):
        self.write(owner, date, record(id=record_id("log " + key), at=at, voids=target, because=quoted(because)), at)

    def texts(self):
        header = "# yaml-language-server: $schema=../../schemas/log.schema.json"
        return {path: "\n".join([header, *(line for _, _, line in sorted(lines))]) + "\n" for path, lines in self.files.items()}


TALKS = [
    "这周作业交齐了，肯定了这份坚持", "约定每天午休来问一题", "说听课跟得上一些了", "整理了错题本，第一页写得很认真", "愿意自己订本周的小目标",
    "聊了最近的睡眠，答应十点前睡", "上课举手两次，当面夸了", "说喜欢课前复述，继续做", "和同桌互相检查作业，效果不错", "有点着急，说好慢慢来",
    "一起看了上周的练习，进步在细心", "请来给小组讲了一道题，讲得清楚", "聊了喜欢的篮球，心情很好", "说家里有些吵，商量在校写完作业", "作业本干净多了，写了鼓励的话",
    "把大目标分成三小步，先做第一步", "基础题全对，难题再一起看", "忘带书，一起做了书包清单", "说起小时候的事，聊得很开心", "主动来问问题，讲清楚了",
    "课堂笔记借给同学看，很自豪", "这周请假一天，补上了缺的内容", "说怕出错，约好先做会做的", "朗读有进步，录下来自己听了一遍", "小组合作时帮了别人，表扬",
    "订正完成得很快", "说想考好让奶奶高兴", "计划表贴在桌角，每天打勾", "聊到将来想学做菜，鼓励了", "比上周安静，问了问，没有难事",
]
TALKS_IN = {
    "数学": ["计算又快又准了，检查的习惯在养成", "应用题先画图，这个办法记住了", "一次函数的图象会画了", "口算练习连续五天完成"],
    "语文": ["作文写了外婆家的院子，写得真切", "背诵全部过关", "阅读题学会先找关键句", "每天十分钟练字，坚持了两周"],
    "英语": ["单词听写对了十六个", "课文能流利地读下来", "敢开口说了，发音也好听", "错的语法题自己讲了一遍"],
    "科学": ["实验做得很仔细", "会画电路图了", "能说出浮力的三个例子", "实验报告写得完整"],
    "道法": ["举的例子很贴近生活", "课前新闻播报准备得充分"],
    "历史": ["时间轴自己画好了", "能讲清一件事的前因后果"],
}
AFTER_EXAM = {
    True: ["看了期中试卷，会做的都做对了", "期中及格了，一起找了两处粗心", "期中分析：基础扎实，最后一题再练", "期中比上次稳，说好继续每天一题"],
    False: ["期中没考好，不着急，先补第三单元", "看了期中试卷，会的题都写对了，其余一步一步来", "期中后订了下一步：每天一题", "期中的错题挑了三道，先弄懂这三道"],
}
AFTER_FINAL = ["看了期末试卷，假期每天读一会儿书", "期末的错题一起改了，暑假计划订好了", "期末的基础题再巩固一下，假期好好休息", "谢谢这学期的努力，暑假每周练两次"]
VISITS = ["家里很支持，约好每晚留半小时读书", "看了书桌，光线很好；家长愿意少看手机多陪伴", "听说在家会帮忙洗碗，当面夸了", "父母工作忙，商量周末一起检查作业", "谈了近来的进步，家长很高兴",
          "了解作息，约定十点前睡", "家长担心成绩，讲了一步一步来", "看到满墙奖状，说说自己最得意的一张"]
CALLS = ["说了这周的进步", "请家长多鼓励，少批评", "了解在家写作业的情况", "商量了周末的安排", "家长说最近愿意说学校的事了"]
MEETINGS = ["逐个谈了帮扶学生的近况，商定下两周的重点", "各科对了作业量，减少重复", "说了三位同学的进步，安排课堂多提问", "交流分层作业的做法", "看了两周的听写和练习，调整了小组"]
RESEARCH = ["集体备课：分层作业", "说课与评课", "讨论基础题过关的办法", "同课异构，互相听课", "分析近期练习，商量补弱", "交流帮扶学生的课堂提问", "整理单元复习提纲"]
REPORTS = ["本月谈心都做了，作业按时交的天数多了", "有进步，听课更专心；下月重点是订正", "情绪稳定，愿意来问问题", "基础题稳了，下月练应用题", "家校配合好，作息规律了"]


class Term:
    """Everything that the log is written from: who is cared for, by whom, and on which days there is school."""

    def __init__(self, students, teaching, marks, items, pairs):
        self.students = {student["id"]: student for student in students}
        self.teaching, self.marks, self.pairs = teaching, marks, pairs
        self.days = make_school_days()
        self.cases = make_cases(self.students, items)
        self.log = Log()

    def class_of(self, one, day):
        return class_on(self.students[one], day)

    def leader(self, class_id):
        return LEADERS[class_id][-1]

    def away(self, one, day):
        leave = STUDENT_LEAVE.get(one)
        return leave is not None and leave[0] <= day <= leave[1]

    def substitute(self, staff, day):
        """Who does it where the one who owes it is on leave: nobody, somebody, or "" where no one stands in."""
        leave = STAFF_LEAVE.get(staff)
        return (leave[3] or "") if leave and leave[0] <= day <= leave[1] else None

    def open_days(self, class_id, first, last):
        return [day for day in self.days[class_id] if first <= day <= last]


def make_cases(students, items):
    """student id -> (first day, last day, subject or None): the cases that are open in the spring"""
    cases = {"20250104": ("2026-02-27", None, None), "20250305": ("2025-11-20", None, None), "20230123": ("2026-02-27", None, "科学"),
             "20230221": ("2026-02-27", None, "数学")}
    for one, outcome, subjects in items:
        # The dismissed one, and the two who passed the retest of 2026-02-28, did not become cases.
        if outcome == "identified" and one not in {"20250317", "20240207", "20230119"} and one not in cases:
            cases[one] = (CONFIRM_DAY, None, subjects[0])
    cases["20240209"] = (CONFIRM_DAY, None, None)               # confirmed as a whole: every subject teacher owes the talk after the exam
    cases["20240146"] = ("2026-04-27", None, "历史")            # pending until the midterm: a case that begins in the middle of the term
    cases["20230238"] = (CONFIRM_DAY, "2026-05-20", "数学")     # released in the middle of the term
    return dict(sorted(cases.items()))


# Talks that are not left to chance: (student, Monday of the week) -> the days on which there was one. [] is a week without.
TALK_DAYS = {
    ("20250104", "2026-03-02"): ["2026-03-05"],                # on Thursday: in time
    ("20250104", "2026-03-09"): ["2026-03-13"],                # on Friday: late
    ("20250104", "2026-05-04"): ["2026-05-09"],                # on the Saturday that made up for the holiday: a school day, and late
    ("20240104", "2026-03-09"): ["2026-03-10", "2026-03-10"],  # two on one day serve one week …
    ("20240104", "2026-03-16"): [],                            # … and not the next
    ("20230221", "2026-04-13"): [],
    ("20230221", "2026-04-20"): ["2026-04-21", "2026-04-21"],  # two on one day: one is this week's, the other makes up for the last
    ("20240222", "2026-03-30"): ["2026-04-02"],                # the Thursday before the long weekend
    ("20240222", "2026-04-06"): ["2026-04-07"],                # a week that begins with a holiday
    ("20240222", "2026-04-27"): ["2026-04-30"],                # the last day before the holiday
    ("20240222", "2026-05-04"): ["2026-05-07"],                # a week of two days until Thursday
    ("20240222", "2026-06-15"): ["2026-06-18"],                # Friday is a holiday
    ("20250208", "2026-05-04"): ["2026-05-06"],
    ("20250208", "2026-06-01"): ["2026-06-02"],                # the class is closed from Wednesday: due on Tuesday
    ("20250247", "2026-06-01"): ["2026-06-08"],                # the same week, after the closure: late
    ("20250244", "2026-06-01"): [],                            # the same week, never
    ("20250323", "2026-05-11"): ["2026-05-14"],                # T012 is away and nobody stands in: waived, and done all the same
    ("20250323", "2026-05-18"): [],                            # waived
    ("20250131", "2026-04-13"): ["2026-04-15"], ("20250131", "2026-04-20"): ["2026-04-22"],  # T026 is ill: T027 does it, in the log of T026
    ("20250244", "2026-04-13"): ["2026-04-16"], ("20250244", "2026-04-20"): [],              # … and forgets one
    ("20230123", "2026-03-23"): ["2026-03-25"],                # in hospital until the end of May: waived, one talk at the bedside
    ("20240130", "2026-05-11"): [],                            # a week at home with chickenpox: waived
    ("20230132", "2026-04-13"): [],                            # below: a record without a note
    ("20240323", "2026-03-23"): [], ("20240305", "2026-03-23"): [], ("20240209", "2026-03-23"): [],  # below: one talk with five students
    ("20240121", "2026-04-27"): [],                            # below: a record that was withdrawn
    ("20250118", "2026-03-16"): [],                            # below: a record that was corrected
    ("20230130", "2026-03-30"): [],                            # below: a line that stands twice
}
ON_FRIDAYS = {"T015"}                  # always a day late
STOPPED = {"T029": "2026-05-01"}       # none from this day on
SELDOM = {"T031": 0.45}                # the share of weeks; everybody else: 0.93
NO_VISIT = {"20250305", "20230132"}    # no home visit all term


def after_exam_note(term, key, one, subject):
    return choose(key, AFTER_EXAM[subject not in failing(term.marks[MIDTERM_2], one)])


def talk_note(key, subject):
    # A third of the notes is about the subject.
    return choose("what " + key, TALKS_IN.get(subject, TALKS) if uniform("of subject " + key) < 0.34 else TALKS)


def one_talk(term, pair, day, number=0):
    one, staff, subject = pair["student"], pair["staff"], pair["subject"]
    key = f"talk {one} {day} {number}"
    exam = MIDTERM_2 if "2026-04-24" <= day <= "2026-04-30" and term.marks[MIDTERM_2].get(one, {}).get(subject) not in (None, "absent") else None
    note = after_exam_note(term, "exam " + key, one, subject) if exam else talk_note(key, subject)
    kind = "psychological-support" if staff == "T043" else "one-on-one" if uniform("kind " + key) < 0.4 else "talk"
    place = "医院" if term.away(one, day) else "操场" if uniform("place " + key) < 0.06 else None
    term.log.add(key, staff, day, kind, [one], by=term.substitute(staff, day) or None, place=place, minutes=choose("minutes " + key, [10, 15, 20, 30]) if uniform("timed " + key) < 0.2 else None,
                 tags=["study"] if uniform("tag " + key) < 0.3 else None, exam=exam, note=note)


def talk_days(term, pair, monday):
    """The days of the talks of one week."""
    one, staff = pair["student"], pair["staff"]
    if (one, monday) in TALK_DAYS:
        return TALK_DAYS[one, monday]
    class_id = term.class_of(one, monday)
    until = min(pair["until"], CARE[1])
    in_time = [day for day in term.open_days(class_id, max(monday, pair["from"]), min(plus(monday, 3), until)) if not term.away(one, day) and term.substitute(staff, day) != ""]
    friday = [day for day in term.open_days(class_id, plus(monday, 4), min(plus(monday, 8), until)) if not term.away(one, day)]
    chance = uniform(f"talk {one} {monday}")
    share = SELDOM.get(staff, 0.93)
    if STOPPED.get(staff, "9999") <= monday or not in_time:
        return []
    if staff in ON_FRIDAYS:
        return friday[:1]
    if chance < share:
        return [choose(f"day {one} {monday}", in_time)]
    return friday[:1] if chance < share + 0.05 else []


def write_talks(term):
    for pair in term.pairs:
        for monday in days_from(*CARE)[::7]:
            if pair["from"] <= plus(monday, 3) and monday <= pair["until"]:
                for number, day in enumerate(talk_days(term, pair, monday)):
                    one_talk(term, pair, day, number)


def write_odd_talks(term):
    add = term.log.add
    # One talk with five students is one record; it counts for the three whose mentor it is.
    add("group talk", "T013", "2026-03-25", "talk", ["20240209", "20240305", "20240306", "20240312", "20240323"], place="阅览室", minutes=40, tags=["reading"],
        note="读书小组：每人说一段最喜欢的文字，约定下周交换书")
    # No note: the policy wants one, so it does not count.
    add("without note", "T028", "2026-04-14", "talk", ["20230132"])
    # Entered for the wrong student and corrected two days later.
    wrong = add("wrong student", "T016", "2026-03-17", "talk", ["20250112"], note="应用题先画图，已经会自己画了")
    add("right student", "T016", "2026-03-17", "talk", ["20250118"], at="2026-03-19", fixes=wrong, note="应用题先画图，已经会自己画了")
    # Withdrawn: it never took place.
    planned = add("withdrawn", "T022", "2026-04-28", "talk", ["20240121"], note="听写对了十八个")
    term.log.void("withdrawing", "T022", "2026-04-28", "2026-04-29", planned, "那天学生参加比赛，没有谈成")
    # The same line twice, as a merge may leave it: one record.
    for _ in range(2):
        add("twice", "T014", "2026-04-01", "one-on-one", ["20230130"], note="作文结尾改了三遍，越改越好")
    # Who teaches another subject owes the talk after the midterm, too, where the whole student is the case.
    for one, subjects in {"20250104": "语文 英语 科学 道法", "20250305": "语文 英语 科学 道法", "20240209": "英语 科学 历史 道法"}.items():
        for subject in subjects.split():
            staff = teacher_of(term.teaching, subject, term.class_of(one, "2026-04-22"), "2026-04-22")
            # Due on Wednesday 2026-04-29; T031 is a day late. T045 stands in for T023. The teachers who are left out here never do it.
            day = "2026-04-30" if staff == "T031" else choose(f"after exam {one} {subject}", ["2026-04-23", "2026-04-24", "2026-04-27", "2026-04-28", "2026-04-29"])
            add(f"after exam {one} {subject}", staff, day, "talk", [one], by=term.substitute(staff, day) or None, subject=subject, exam=MIDTERM_2,
                note=after_exam_note(term, f"after exam {one} {subject}", one, subject))
    # After the final of 2026-06-29 there is school for four days only; the seven days end in the holidays, so that the talk is due on the first day
    # of the next term. Most are held at once.
    for one, (_, last, only) in term.cases.items():
        for subject in [only] if only else SIX:
            key = f"after final {one} {subject}"
            if not last and one in term.marks[FINAL_2] and uniform(key) < 0.7:
                staff = teacher_of(term.teaching, subject, term.class_of(one, "2026-06-29"), "2026-06-30")
                add(key, staff, choose(key, ["2026-06-30", "2026-07-01", "2026-07-02"]), "talk", [one], subject=subject, exam=FINAL_2, note=choose("note " + key, AFTER_FINAL))


def write_visits(term):
    for one, (first, last, _) in term.cases.items():
        for month in ("2026-03", "2026-04", "2026-05", "2026-06"):
            key = f"visit {one} {month}"
            begin, end = max(first, month + "-01"), plus(month + "-28", 2)
            class_id = term.class_of(one, begin if first <= begin else first)
            chance = uniform(key)
            if end < first or (last and last < end) or one in NO_VISIT or term.away(one, month + "-15") or chance > 0.95:
                continue
            # Some go on a Saturday; a few only in the first days of the next month: late.
            days = [day for day in days_from(begin, end) if day in term.days[class_id] or (weekday(day) == 5 and uniform(key + day) < 0.5)]
            if chance > 0.88:
                days = [day for day in term.open_days(class_id, plus(month + "-28", 4), SPRING[1]) if day[8:] < "09"]
            if not days:
                continue
            day, staff = choose("day " + key, days), term.leader(class_id)
            mentor = next((pair["staff"] for pair in term.pairs if pair["student"] == one and pair["from"] <= day <= pair["until"]), None)
            together = mentor if mentor != staff and uniform("with " + key) < 0.2 else None
            present = choose("present " + key, [["mother"], ["father"], ["mother", "father"], ["grandmother"]])
            term.log.add(key, staff, day, "home-visit", [one], with_=[together] if together else None, present=present,
                         student_present=choose("there " + key, ["true", "true", "false"]), minutes=choose("minutes " + key, [30, 40, 45, 60]) if uniform("timed " + key) < 0.3 else None,
                         note=choose("note " + key, VISITS))


def write_contacts(term):
    for one, (first, _, _) in term.cases.items():
        staff = term.leader(term.class_of(one, max(first, SPRING[0])))
        key = "call " + one
        # 20230132 has neither visit nor call; 20250305 has no visit, and two calls.
        if one == "20230132" or (uniform(key) > 0.5 and one not in NO_VISIT and one not in STUDENT_LEAVE):
            continue
        for number in range(2 if one in NO_VISIT or one == "20230123" else 1):
            day = choose(f"day {key} {number}", days_from(max(first, "2026-03-09"), "2026-06-12")[number::3])
            kind, channel = choose(f"kind {key} {number}", [("phone-call", None), ("parent-contact", "phone"), ("parent-contact", "message"), ("parent-talk", None)])
            term.log.add(f"{key} {number}", staff, day, kind, [one], channel=channel, note=choose(f"note {key} {number}", CALLS))
    # A parents' meeting of a class is one record, and counts for each student whose parents came.
    came = [one for one in term.cases if term.class_of(one, "2026-05-08") == "2024-1"]
    term.log.add("parents 2024-1", "T017", "2026-05-08", "parents-meeting", came, place="八（1）班教室", minutes=60, note="期中情况逐个说，只说自己孩子的事")


def write_meetings(term):
    for class_id, name, _, _ in CLASSES:
        staff = term.leader(class_id)
        colleagues = sorted({row[0] for row in term.teaching if row[2] == class_id and row[1] in SIX and row[3] <= "2026-03-01" <= (row[4] or "9999")} - {staff})
        for number, monday in enumerate(days_from("2026-02-23", "2026-07-03")[::14]):
            key = f"study {class_id} {monday}"
            days = term.open_days(class_id, monday, plus(monday, 13))
            if (class_id, number) in {("2023-2", 3), ("2023-2", 6), ("2025-2", 5)}:
                continue  # not held
            present = sorted({choose(f"{key} {turn}", colleagues) for turn in range(4)})
            # In 2024-3, once nobody wrote down who came: the policy wants it, so it does not count.
            with_ = None if (class_id, number) == ("2024-3", 4) else present
            term.log.add(key, staff, choose("day " + key, days), "study-meeting", with_=with_, class_=class_id, note=choose("note " + key, MEETINGS))
    # On the last day of March; before the holiday; May's two days late; June's in time.
    for day, note in (("2026-03-31", "逐班排查，看结对是否到位"), ("2026-04-29", "期中后的分析，确定五月重点"), ("2026-06-02", "五月的帮扶情况，天热注意休息"), ("2026-06-26", "期末前的安排，不加压")):
        term.log.add("office " + day, "T001", day, "office-meeting", with_=["T003", "T005", "T006"], note=note)


def write_research(term):
    usual = {"B-chinese": 1, "B-maths": 2, "B-english": 3, "B-science": 0, "B-humanities": 4}
    leaders = {"B-chinese": "T013", "B-maths": "T019", "B-english": "T024", "B-science": "T028", "B-humanities": "T031"}
    taught = {"B-chinese": ["语文"], "B-maths": ["数学"], "B-english": ["英语"], "B-science": ["科学"], "B-humanities": ["道法", "历史"]}
    for body, day_of_week in usual.items():
        leader = leaders[body]
        members = [one for one, _, subject, _ in STAFF if subject in taught[body] and one != leader and one not in STAFF_LEFT]
        for monday in days_from("2026-02-23", "2026-07-03")[::7]:
            key = f"research {body} {monday}"
            day = plus(monday, day_of_week)
            open_days = term.open_days("2025-1", monday, plus(monday, 6))
            if (body, monday) == ("B-science", "2026-02-23"):
                day = "2026-02-28"  # on the Saturday that made up for the holiday
            if (body, monday) == ("B-humanities", "2026-06-15"):
                day = "2026-06-22"  # Friday was a holiday: on the Monday after it, late
            if (body, monday) in {("B-maths", "2026-05-18"), ("B-maths", "2026-05-25"), ("B-humanities", "2026-03-09")}:
                continue  # not held
            if day not in term.days["2025-1"]:
                day = open_days[0]
            with_ = [one for one in members if uniform(key + one) < 0.85 and term.substitute(one, day) is None] or members[:1]
            note = choose("note " + key, RESEARCH)
            if (body, monday) == ("B-english", "2026-03-16"):
                # In the leader's own log, with the body: it counts for the body.
                term.log.add(key, leader, day, "research-meeting", with_=with_, body=body, note=note)
            else:
                term.log.add(key, body, day, "research-meeting", by=leader, with_=with_, note=note)


REPORTS_SET = {  # (staff, month) -> day, to
    ("T017", "2026-04"): ("2026-04-30", None),
    ("T017", "2026-05"): ("2026-05-31", None),            # a Sunday, and the last of the month: due on the Friday before, so late
    ("T016", "2026-04"): ("2026-04-30", ["grade-leader"]),  # not to the dean: does not count
    ("T013", "2026-03"): ("2026-03-31", ["T005"]),        # the dean, by id, on the last day
}


def write_papers(term):
    # One record a class for all its archives.
    for class_id, *_ in CLASSES:
        of_class = [one for one, (first, _, _) in term.cases.items() if first < "2026-03-31" and term.class_of(one, "2026-03-31") == class_id]
        day = {"2024-2": "2026-04-03", "2025-1": "2026-03-31"}.get(class_id, choose("archive " + class_id, term.open_days(class_id, "2026-03-16", "2026-03-30")))
        # 2024-2 is three days late, 2025-1 does it on the last day; one student of 2023-1 was left out.
        term.log.add("archive " + class_id, term.leader(class_id), day, "archive", [one for one in of_class if one != "20230132"], note="一生一册建好，计划和目标已与学生谈过")
    ends = {"2026-03": "2026-03-31", "2026-04": "2026-04-30", "2026-05": "2026-05-29", "2026-06": "2026-06-30"}
    for staff in sorted({pair["staff"] for pair in term.pairs}):
        own = [pair for pair in term.pairs if pair["staff"] == staff]
        for month, due in ends.items():
            key = f"report {staff} {month}"
            if not any(pair["from"] < month + "-01" and pair["until"] >= due for pair in own) or STOPPED.get(staff, "9999") <= month + "-31":
                continue
            set_day, to = REPORTS_SET.get((staff, month), (None, None))
            chance = uniform(key)
            if chance > 0.96 and not (set_day or to):
                continue
            day = choose("day " + key, [day for day in term.days["2025-1"] if plus(due, -8) <= day <= due])
            if chance > 0.88:
                day = plus(due, 6) if due != "2026-06-30" else "2026-07-02"
            day, to = set_day or day, to or ["dean"]
            term.log.add(key, staff, day, "report", to=to, note=choose("note " + key, REPORTS))
    # Grade 7 a day before the end of the term, grade 8 on its last day, grade 9 never.
    term.log.add("summary 7", "T011", "2026-07-02", "summary", grade=7, note="本学期帮扶的做法与下学期的打算")
    term.log.add("summary 8", "T013", "2026-07-03", "summary", grade=8, note="各班帮扶小结，八位同学有明显进步")


def make_log(students, teaching, marks, items, pairs):
    term = Term(students, teaching, marks, items, pairs)
    write_talks(term)
    write_odd_talks(term)
    write_visits(term)
    write_contacts(term)
    write_meetings(term)
    write_research(term)
    write_papers(term)
    return term.log.texts()


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


# Two archives: one whole, with its private part, and one that is only begun. They are written by hand, as in a school.
ARCHIVES = {
    "20250104.yaml": """\
opened: 2026-02-27
keeper: T011
profile:
  study-base: 小学计算不熟，分数和小数常错
  attitude: 肯学，怕当众提问
  character: 安静，和同桌合得来
  life: 睡得晚，早上没精神
categories: [weak-basis, confidence]
causes:
  - {cause: non-intellectual, subject: 数学, note: 计算错得多，思路是清楚的}
  - {cause: family}
hobbies: [画画, 乒乓球]
strengths: [黑板报画得好, 肯帮同学]
baseline:
  exam: 2026-01-16-final
  marks: {语文: 122.5, 数学: 78, 英语: 128, 科学: 83, 道法: 84.5, 历史: 85}
measures:
  - {what: 每天午休问一道题, category: weak-basis, cause: non-intellectual, subject: 数学, part: study, place: classroom, who: T016, from: 2026-03-02, until: 2026-07-03, review: 2026-04-24}
  - {what: 请奶奶每晚看一眼作业本, cause: family, part: life, place: home, who: T011, from: 2026-03-02, until: 2026-07-03}
  - {what: 每节课请他答一道会做的题, category: confidence, part: psychology, place: classroom, who: T016, from: 2026-03-09, until: 2026-07-03}
goals:
  - {id: g1, horizon: short, subject: 数学, at-least: 60%, exam: midterm, set-by: both, from: 2026-03-02, by: 2026-04-30}
  - {id: g2, horizon: long, subject: 数学, raise: 15, exam: final, set-by: teacher, from: 2026-03-02, by: 2026-07-03}
  - {id: g3, horizon: stage, text: 一周内作业都按时交, set-by: student, from: 2026-03-02, by: 2026-03-27, met: true, on: 2026-03-27}
reviews:
  - date: 2026-04-24
    by: T016
    subject: 数学
    analysis: {attitude: 肯问了, habits: 草稿写整齐了，还会跳步}
    countermeasures: {lessons: 板演时请他写完整过程, homework: 每天两道计算、一道应用}
    next: 期末把应用题的列式写对
problems:
  - {raised: 2026-03-10, what: 说上课看不清黑板, by: 本人, owner: T011, contacted: 2026-03-11, closed: 2026-03-18, result: 配了眼镜，换到第三排}
tracking:
  - {date: 2026-03-13, field: school, by: T011, note: 主动到办公室问了两道题}
  - {date: 2026-03-20, field: family, by: T011, note: 奶奶说回家先写作业再画画}
""",
    "20250104.private.yaml": """\
family: 父母在本市打工，晚上由奶奶照看
economy: 两份工资，房租占一半
psychology: 怕被同学笑，批评时不要当众
""",
    "20240104.yaml": """\
opened: 2026-03-05
causes:
  - {cause: non-intellectual, subject: 数学, note: 应用题读不懂题意}
baseline: {exam: 2026-01-16-final, marks: {数学: 81}}
goals:
  - {id: g1, subject: 数学, at-least: 90, exam: midterm, set-by: both, from: 2026-03-05, by: 2026-04-30}
  - {id: g2, horizon: long, text: 每个单元都及格, set-by: student, from: 2026-03-05, by: 2026-07-03}
# 措施还没有写
""",
}


def make_files():
    students, teaching = make_students(), make_teaching()
    marks = make_marks(students)
    items = listed_students(students, marks)
    pairs = make_pairs(students, marks, teaching, items)
    files = {
        "help.yaml": file_of("help", HELP.rstrip("\n").split("\n"), depth=0),
        "policy.yaml": file_of("policy", POLICY.rstrip("\n").split("\n"), depth=0),
        "roster/students.yaml": file_of("students", [student_line(student) for student in students]),
        "roster/staff.yaml": file_of("staff", make_staff()),
        "roster/classes.yaml": file_of("classes", [class_line(*one[:3]) for one in CLASSES]),
        "roster/teaching.yaml": file_of("teaching", [record(staff=a, subject=b, class_=c, from_=d, until=e) for a, b, c, d, e in teaching]),
        "roster/bodies.yaml": file_of("bodies", make_bodies({student['id']: student['name'] for student in students})),
        f"lists/{LIST_DAY}.yaml": SAVED_LIST,
        "pairs/2026-spring.yaml": file_of("pairs", pairs),
        "prefs/2026-spring.yaml": file_of("prefs", make_prefs()),
    }
    for name, text in ARCHIVES.items():
        schema = "archive-private" if name.endswith(".private.yaml") else "archive"
        files[f"cases/{name}"] = file_of(schema, text.rstrip("\n").split("\n"))
    for exam, name, kind, term, subjects, _ in EXAMS:
        files[f"grades/{exam}.yaml"] = grade_file(exam, name, kind, term, subjects, marks[exam])
    files[f"grades/{ENTRY}.yaml"] = grade_file(ENTRY, "转入成绩", "entry", "2026-spring", SIX[:4], ENTRY_MARKS)
    files[f"grades/{RETEST}.yaml"] = grade_file(RETEST, "期末补考", "other", "2026-spring", ["数学", "英语", "道法"], RETEST_MARKS, retests=FINAL)
    for name, label, first, last in COUNTS:
        header = ["counts: " + flow({"id": name, "name": label, "from": first, "until": last}), "columns: [absences, homework-missing]", "rows:"]
        files[f"counts/{name}.yaml"] = file_of("counts", header + make_counts(students, name))
    events = make_events()
    for one, line in make_confirmations(students, items):
        events.setdefault(one, []).append(line)
    for one, lines in events.items():
        files[f"events/{one}.yaml"] = file_of("events", lines)
    files.update(make_log(students, teaching, marks, items, mentor_pairs(pairs)))
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
