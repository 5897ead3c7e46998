// SPDX-License-Identifier: MIT
#include "store/title_words.hpp"

#include <algorithm>
#include <array>

namespace help {
namespace {

using Is = TitleMeaning;

constexpr std::array title_table{
    TitleWord{"学号", Is::id},
    TitleWord{"学生学号", Is::id},
    TitleWord{"学生编号", Is::id},
    TitleWord{"学籍号", Is::id},
    TitleWord{"学籍编号", Is::id},
    TitleWord{"全国学籍号", Is::id},
    TitleWord{"id", Is::id},
    TitleWord{"studentid", Is::id},
    TitleWord{"studentno", Is::id},
    TitleWord{"studentnumber", Is::id},
    TitleWord{"考号", Is::number},
    TitleWord{"考试编号", Is::number},
    TitleWord{"考生号", Is::number},
    TitleWord{"考籍号", Is::number},
    TitleWord{"准考证号", Is::number},
    TitleWord{"编号", Is::number},
    TitleWord{"number", Is::number},
    TitleWord{"no", Is::number},
    TitleWord{"no.", Is::number},
    TitleWord{"examno", Is::number},
    TitleWord{"姓名", Is::name},
    TitleWord{"名字", Is::name},
    TitleWord{"学生姓名", Is::name},
    TitleWord{"考生姓名", Is::name},
    TitleWord{"学生", Is::name},
    TitleWord{"name", Is::name},
    TitleWord{"student", Is::name},
    TitleWord{"studentname", Is::name},
    TitleWord{"fullname", Is::name},
    TitleWord{"班级", Is::class_name},
    TitleWord{"班别", Is::class_name},
    TitleWord{"班", Is::class_name},
    TitleWord{"所在班级", Is::class_name},
    TitleWord{"行政班", Is::class_name},
    TitleWord{"class", Is::class_name},
    TitleWord{"classname", Is::class_name},
    TitleWord{"科目", Is::subject_name},
    TitleWord{"学科", Is::subject_name},
    TitleWord{"课程", Is::subject_name},
    TitleWord{"subject", Is::subject_name},
    TitleWord{"course", Is::subject_name},
    TitleWord{"考试", Is::exam_name},
    TitleWord{"考试名称", Is::exam_name},
    TitleWord{"exam", Is::exam_name},
    TitleWord{"examname", Is::exam_name},
    TitleWord{"成绩", Is::mark},
    TitleWord{"分数", Is::mark},
    TitleWord{"得分", Is::mark},
    TitleWord{"mark", Is::mark},
    TitleWord{"marks", Is::mark},
    TitleWord{"score", Is::mark},
    TitleWord{"总分", Is::total},
    TitleWord{"总成绩", Is::total},
    TitleWord{"总分数", Is::total},
    TitleWord{"总计", Is::total},
    TitleWord{"合计", Is::total},
    TitleWord{"total", Is::total},
    TitleWord{"sum", Is::total},
    TitleWord{"平均分", Is::average},
    TitleWord{"平均", Is::average},
    TitleWord{"均分", Is::average},
    TitleWord{"平均成绩", Is::average},
    TitleWord{"average", Is::average},
    TitleWord{"mean", Is::average},
    TitleWord{"排名", Is::rank},
    TitleWord{"名次", Is::rank},
    TitleWord{"位次", Is::rank},
    TitleWord{"级名", Is::rank},
    TitleWord{"班名", Is::rank},
    TitleWord{"校名", Is::rank},
    TitleWord{"级排", Is::rank},
    TitleWord{"班排", Is::rank},
    TitleWord{"校排", Is::rank},
    TitleWord{"级次", Is::rank},
    TitleWord{"班次", Is::rank},
    TitleWord{"校次", Is::rank},
    TitleWord{"级名次", Is::rank},
    TitleWord{"班名次", Is::rank},
    TitleWord{"级排名", Is::rank},
    TitleWord{"班排名", Is::rank},
    TitleWord{"校排名", Is::rank},
    TitleWord{"区排名", Is::rank},
    TitleWord{"市排名", Is::rank},
    TitleWord{"年级排名", Is::rank},
    TitleWord{"班级排名", Is::rank},
    TitleWord{"学校排名", Is::rank},
    TitleWord{"联考排名", Is::rank},
    TitleWord{"年级名次", Is::rank},
    TitleWord{"班级名次", Is::rank},
    TitleWord{"总名次", Is::rank},
    TitleWord{"总排名", Is::rank},
    TitleWord{"rank", Is::rank},
    TitleWord{"转入日期", Is::transferred},
    TitleWord{"转入时间", Is::transferred},
    TitleWord{"transferred", Is::transferred},
    TitleWord{"序号", Is::other},
    TitleWord{"性别", Is::other},
    TitleWord{"年龄", Is::other},
    TitleWord{"民族", Is::other},
    TitleWord{"备注", Is::other},
    TitleWord{"说明", Is::other},
    TitleWord{"年级", Is::other},
    TitleWord{"级", Is::other},
    TitleWord{"座号", Is::other},
    TitleWord{"座位号", Is::other},
    TitleWord{"考场", Is::other},
    TitleWord{"考场号", Is::other},
    TitleWord{"试室", Is::other},
    TitleWord{"试室号", Is::other},
    TitleWord{"电话", Is::other},
    TitleWord{"手机", Is::other},
    TitleWord{"手机号", Is::other},
    TitleWord{"联系电话", Is::other},
    TitleWord{"家长", Is::other},
    TitleWord{"家长姓名", Is::other},
    TitleWord{"家长电话", Is::other},
    TitleWord{"监护人", Is::other},
    TitleWord{"身份证号", Is::other},
    TitleWord{"身份证号码", Is::other},
    TitleWord{"出生日期", Is::other},
    TitleWord{"生日", Is::other},
    TitleWord{"地址", Is::other},
    TitleWord{"住址", Is::other},
    TitleWord{"家庭住址", Is::other},
    TitleWord{"班主任", Is::other},
    TitleWord{"任课教师", Is::other},
    TitleWord{"教师", Is::other},
    TitleWord{"老师", Is::other},
    TitleWord{"学校", Is::other},
    TitleWord{"校区", Is::other},
    TitleWord{"毕业学校", Is::other},
    TitleWord{"日期", Is::other},
    TitleWord{"考试日期", Is::other},
    TitleWord{"入学日期", Is::other},
    TitleWord{"进退步", Is::other},
    TitleWord{"进退", Is::other},
    TitleWord{"进步", Is::other},
    TitleWord{"退步", Is::other},
    TitleWord{"等级", Is::other},
    TitleWord{"等第", Is::other},
    TitleWord{"评价", Is::other},
    TitleWord{"评语", Is::other},
    TitleWord{"住宿", Is::other},
    TitleWord{"身高", Is::other},
    TitleWord{"体重", Is::other},
    TitleWord{"sex", Is::other},
    TitleWord{"gender", Is::other},
    TitleWord{"age", Is::other},
    TitleWord{"remark", Is::other},
    TitleWord{"remarks", Is::other},
    TitleWord{"note", Is::other},
    TitleWord{"notes", Is::other},
    TitleWord{"comment", Is::other},
    TitleWord{"phone", Is::other},
    TitleWord{"grade", Is::other},
    TitleWord{"level", Is::other},
    TitleWord{"seat", Is::other},
    TitleWord{"school", Is::other},
    TitleWord{"date", Is::other},
    TitleWord{"teacher", Is::other},
    TitleWord{"address", Is::other},
};

constexpr std::array second_words{
    TitleWord{"年级排名", Is::rank}, TitleWord{"班级排名", Is::rank}, TitleWord{"年级名次", Is::rank}, TitleWord{"班级名次", Is::rank},
    TitleWord{"级排名", Is::rank},   TitleWord{"班排名", Is::rank},   TitleWord{"校排名", Is::rank},   TitleWord{"级名次", Is::rank},
    TitleWord{"班名次", Is::rank},   TitleWord{"排名", Is::rank},     TitleWord{"名次", Is::rank},     TitleWord{"位次", Is::rank},
    TitleWord{"级名", Is::rank},     TitleWord{"班名", Is::rank},     TitleWord{"校名", Is::rank},     TitleWord{"级排", Is::rank},
    TitleWord{"班排", Is::rank},     TitleWord{"校排", Is::rank},     TitleWord{"级次", Is::rank},     TitleWord{"班次", Is::rank},
    TitleWord{"校次", Is::rank},     TitleWord{"rank", Is::rank},     TitleWord{"等级", Is::other},    TitleWord{"等第", Is::other},
    TitleWord{"教师", Is::other},    TitleWord{"老师", Is::other},    TitleWord{"成绩", Is::mark},     TitleWord{"分数", Is::mark},
    TitleWord{"得分", Is::mark},     TitleWord{"score", Is::mark},    TitleWord{"mark", Is::mark},
};

}  // namespace

std::span<const TitleWord> title_words() { return title_table; }

std::span<const std::vector<std::string_view>> usual_subjects() {
  static const std::vector<std::vector<std::string_view>> subjects{
      {"语文", "chinese", "语"},
      {"数学", "maths", "math", "mathematics", "数"},
      {"英语", "english", "英"},
      {"外语", "外"},
      {"日语", "japanese"},
      {"俄语", "russian"},
      {"物理", "physics", "物"},
      {"化学", "chemistry", "化"},
      {"生物", "生物学", "biology", "生"},
      {"科学", "science", "科"},
      {"政治", "思想政治", "politics", "政"},
      {"道德与法治", "道法", "道"},
      {"思想品德", "思品", "思"},
      {"历史", "history", "史", "历"},
      {"地理", "geography", "地"},
      {"历史与社会"},
      {"文科综合", "文综"},
      {"理科综合", "理综"},
      {"体育", "体育与健康", "pe", "体"},
      {"音乐", "music", "音"},
      {"美术", "art", "美"},
      {"艺术"},
      {"信息技术", "信息科技", "信息", "it"},
      {"通用技术"},
      {"劳动", "劳动技术"},
      {"心理", "心理健康"},
  };
  return subjects;
}

std::optional<TitleMeaning> meaning_of_title(std::string_view key) {
  const auto of_word = [](std::string_view word) -> std::optional<TitleMeaning> {
    const auto found = std::ranges::find(title_table, word, &TitleWord::word);
    return found == title_table.end() ? std::nullopt : std::optional(found->meaning);
  };
  if (const auto meaning = of_word(key)) {
    return meaning;
  }
  for (const TitleParts& parts : parts_of_title(key)) {
    const auto first = of_word(parts.first);
    if (parts.second == Is::rank && (first == Is::total || first == Is::average)) {
      return Is::rank;
    }
  }
  return std::nullopt;
}

std::vector<TitleParts> parts_of_title(std::string_view key) {
  std::vector<TitleParts> parts;
  for (const auto& [word, meaning] : second_words) {
    if (key.size() > word.size() && key.ends_with(word)) {
      parts.push_back({.first = key.substr(0, key.size() - word.size()), .second = meaning});
    }
  }
  std::ranges::stable_sort(parts, {}, [](const TitleParts& one) { return one.first.size(); });
  return parts;
}

}  // namespace help
