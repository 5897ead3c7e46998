// SPDX-License-Identifier: MIT
#include "model/people.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "model/pinyin.hpp"

using namespace help;

namespace {

using Names = std::vector<std::string>;

/// Students S1, S2 … with these names.
Dataset students_named(std::initializer_list<std::string_view> names) {
  Dataset data;
  for (const auto name : names) {
    data.students.emplace_back();
    data.students.back().id = "S" + std::to_string(data.students.size());
    data.students.back().name = name;
  }
  return data;
}

Names names_of(const Dataset& data, const std::vector<Person>& people) {
  Names names;
  for (const auto& person : people)
    names.push_back(person.kind == Person::Kind::student ? data.students[person.index].name : data.staff[person.index].name);
  return names;
}

Names fitting(const Dataset& data, std::string_view typed) {
  return names_of(data, find_people(data, typed, PeopleKinds::students).matches);
}

Names nearest_to(const Dataset& data, std::string_view typed) {
  const auto found = find_people(data, typed, PeopleKinds::students);
  CHECK(found.matches.empty());
  return names_of(data, found.suggestions);
}

}  // namespace

TEST_CASE("a person is found by the exact id in any case") {
  const auto data = students_named({"张三", "李四"});
  CHECK(fitting(data, "s2") == Names{"李四"});
  CHECK(fitting(data, "Ｓ２") == Names{"李四"});
}

TEST_CASE("an exact id wins over longer ids that begin with it, and a beginning is enough where it is unique") {
  auto data = students_named({"张三", "李四", "王五"});
  data.students[1].id = "S10";
  data.students[2].id = "T20";
  CHECK(fitting(data, "S1") == Names{"张三"});
  CHECK(fitting(data, "S") == Names{"张三", "李四"});
  CHECK(fitting(data, "t2") == Names{"王五"});
}

TEST_CASE("an exact name wins over names that hold it") {
  const auto data = students_named({"王芳", "王芳芳"});
  CHECK(fitting(data, "王芳") == Names{"王芳"});
  CHECK(fitting(data, "芳芳") == Names{"王芳芳"});
  CHECK(fitting(data, "芳") == Names{"王芳", "王芳芳"});
}

TEST_CASE("two people of the same name are both given, by id") {
  auto data = students_named({"王芳", "李四", "王芳"});
  data.students[0].id = "S9";
  const auto found = find_people(data, "王芳", PeopleKinds::students);
  CHECK_FALSE(found.one());
  REQUIRE(found.matches.size() == 2);
  CHECK(found.matches[0].index == 2);
  CHECK(found.matches[1].index == 0);
}

TEST_CASE("spaces inside a padded name are ignored, in the roster and in what is typed") {
  const auto data = students_named({"张　三", "李四"});
  for (const auto* typed : {"张三", "张　三", "张 三", " 张三 "}) CHECK(fitting(data, typed) == Names{"张　三"});
  CHECK(fitting(data, "李　四") == Names{"李四"});
}

TEST_CASE("the three middle dots are one") {
  const auto data = students_named({"阿依古丽·买买提", "艾力．吐尔逊", "帕提古丽•艾山"});
  for (const auto* dot : {"·", "•", "．"}) {
    CAPTURE(dot);
    CHECK(fitting(data, std::string("阿依古丽") + dot + "买买提") == Names{"阿依古丽·买买提"});
    CHECK(fitting(data, std::string("艾力") + dot + "吐尔逊") == Names{"艾力．吐尔逊"});
    CHECK(fitting(data, std::string("帕提古丽") + dot + "艾山") == Names{"帕提古丽•艾山"});
  }
  CHECK(fitting(data, "ailituerxun") == Names{"艾力．吐尔逊"});
}

TEST_CASE("a name is found by its whole pinyin in any usual writing") {
  const auto data = students_named({"欧阳娜娜", "张伟"});
  for (const auto* typed : {"ouyangnana", "Ouyang Nana", "ou yang na na", "ōuyáng nànà", "OUYANG-NANA", "ｏｕｙａｎｇｎａｎａ"}) {
    CAPTURE(typed);
    CHECK(fitting(data, typed) == Names{"欧阳娜娜"});
  }
  CHECK(fitting(students_named({"李西安", "李先"}), "li xi'an") == Names{"李西安", "李先"});
}

TEST_CASE("whole pinyin wins over names that hold it as a part") {
  const auto data = students_named({"张三", "张三丰"});
  CHECK(fitting(data, "zhangsan") == Names{"张三"});
  CHECK(fitting(data, "sanfeng") == Names{"张三丰"});
}

TEST_CASE("one syllable that may be a whole name or one character gives both") {
  CHECK(fitting(students_named({"李昂", "梁伟"}), "liang") == Names{"李昂", "梁伟"});
}

TEST_CASE("a name is found by its initials, and a shorter name never hides a longer one") {
  const auto data = students_named({"欧阳娜娜", "张三", "张思睿"});
  CHECK(fitting(data, "oynn") == Names{"欧阳娜娜"});
  CHECK(fitting(data, "zs") == Names{"张三", "张思睿"});
  CHECK(fitting(data, "zsr") == Names{"张思睿"});
  CHECK(fitting(data, "zhs") == Names{"张三", "张思睿"});
  CHECK(fitting(data, "zhangs") == Names{"张三", "张思睿"});
  CHECK(fitting(data, "欧阳nn") == Names{"欧阳娜娜"});
}

TEST_CASE("surnames are found by the reading that they have as surnames") {
  const auto data =
      students_named({"曾强", "单丽", "仇英", "解敏", "查静", "区亮", "尉迟恭", "盖聂", "万俟雪", "乐嘉", "黑虎", "费直", "单于飞"});
  const std::vector<std::pair<const char*, const char*>> typed{
      {"zengqiang", "曾强"}, {"shanli", "单丽"},      {"qiuying", "仇英"},     {"xiemin", "解敏"},    {"zhajing", "查静"},
      {"ouliang", "区亮"},   {"yuchigong", "尉迟恭"}, {"genie", "盖聂"},       {"moqixue", "万俟雪"}, {"yuejia", "乐嘉"},
      {"hehu", "黑虎"},      {"bizhi", "费直"},       {"chanyufei", "单于飞"}, {"lejia", "乐嘉"},     {"cengqiang", "曾强"}};
  for (const auto& pair : typed) {
    CAPTURE(pair.first);
    CHECK(fitting(data, pair.first) == Names{pair.second});
  }
}

TEST_CASE("u with two dots may be typed as it is, v, u or yu") {
  const auto data = students_named({"吕布", "略阳生"});
  for (const auto* typed : {"lübu", "lvbu", "lubu", "lyubu", "LÜ BU", "lǚbù"}) {
    CAPTURE(typed);
    CHECK(fitting(data, typed) == Names{"吕布"});
  }
  for (const auto* typed : {"lveyangsheng", "lueyangsheng", "lyueyangsheng"}) CHECK(fitting(data, typed) == Names{"略阳生"});
}

TEST_CASE("characters beyond the common plane have pinyin too") {
  CHECK(fitting(students_named({"王𬭎", "王红"}), "wanghong") == Names{"王𬭎", "王红"});
  CHECK(fitting(students_named({"丁𠅤"}), "丁𠅤") == Names{"丁𠅤"});
}

TEST_CASE("names in other letters are found by words and initials") {
  const auto data = students_named({"Ada Byron", "Zoë Müller", "李雷"});
  CHECK(fitting(data, "ada byron") == Names{"Ada Byron"});
  CHECK(fitting(data, "ab") == Names{"Ada Byron"});
  CHECK(fitting(data, "zoe") == Names{"Zoë Müller"});
  CHECK(fitting(data, "Muller") == Names{"Zoë Müller"});
}

TEST_CASE("without a match the names that sound the same come first, then those one character off") {
  const auto data = students_named({"张伟", "章纬", "张帆", "李娜"});
  CHECK(nearest_to(data, "张玮") == Names{"张伟", "章纬", "张帆"});
  CHECK(nearest_to(data, "zhangfna") == Names{"张帆"});
  CHECK(nearest_to(data, "李纳") == Names{"李娜"});
  CHECK(nearest_to(data, "欧阳锋").empty());
}

TEST_CASE("an id with one wrong, missing, doubled or exchanged character is suggested") {
  auto data = students_named({"张伟"});
  data.students[0].id = "20250104";
  for (const auto* typed : {"20250194", "2025014", "202501004", "20250140"}) CHECK(nearest_to(data, typed) == Names{"张伟"});
  CHECK(nearest_to(data, "20250149").empty());
}

TEST_CASE("at most five people are suggested") {
  CHECK(nearest_to(students_named({"张一", "张二", "张三", "张四", "张五", "张六"}), "张七").size() == 5);
}

TEST_CASE("empty text, spaces and text that is not UTF-8 fit nobody") {
  const auto data = students_named({"张三"});
  for (const auto* typed : {"", " ", "　", "\xd5\xc5", "'", "·"}) {
    CAPTURE(typed);
    CHECK(nearest_to(data, typed).empty());
  }
}

TEST_CASE("staff and students are looked for where they are asked for, students first") {
  auto data = students_named({"王芳"});
  data.staff.push_back({.id = "T1", .name = "王芳", .roles = {}, .left = {}, .leave = {}});
  CHECK(find_people(data, "wf", PeopleKinds::students).one() == Person{Person::Kind::student, 0});
  CHECK(find_people(data, "wf", PeopleKinds::staff).one() == Person{Person::Kind::staff, 0});
  CHECK(find_people(data, "wf", PeopleKinds::both).matches == std::vector<Person>{{Person::Kind::student, 0}, {Person::Kind::staff, 0}});
}

TEST_CASE("very long text is answered at once") {
  const auto data = students_named({"欧阳娜娜", "解查单曾区乐重行"});
  CHECK(nearest_to(data, std::string(100'000, 'n')).empty());
}

TEST_CASE("what is said names everyone who could be meant, at most ten") {
  auto data = students_named({"张一", "张二"});
  const Date today = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);
  CHECK(not_one_person(data, "张", find_people(data, "张", PeopleKinds::students), today).size() == 3);
  CHECK(not_one_person(data, "李", find_people(data, "李", PeopleKinds::students), today).size() == 1);
  for (int more = 0; more < 10; ++more) data.students.push_back(data.students[0]);
  CHECK(not_one_person(data, "张", find_people(data, "张", PeopleKinds::students), today).size() == 12);
}

TEST_CASE("pinyin gives every reading of today's language and no older one") {
  using Readings = std::vector<std::string_view>;
  CHECK(pinyin_of(U'曾') == Readings{"ceng", "zeng"});
  CHECK(pinyin_of(U'吕') == Readings{"lv"});
  CHECK(pinyin_of(U'〇') == Readings{"ling"});
  CHECK(pinyin_of(U'a').empty());
  CHECK(pinyin_of(0x10ffff).empty());
  CHECK(is_pinyin_syllable(U"liang"));
  CHECK_FALSE(is_pinyin_syllable(U"zhangsan"));
}
