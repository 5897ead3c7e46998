// SPDX-License-Identifier: MIT
#include "store/title_words.hpp"

#include <algorithm>
#include <array>

namespace help {
namespace {

using enum TitleMeaning;

constexpr std::array words{
    TitleWord{"学号", id},
    TitleWord{"学生学号", id},
    TitleWord{"学生编号", id},
    TitleWord{"学籍号", id},
    TitleWord{"学籍编号", id},
    TitleWord{"全国学籍号", id},
    TitleWord{"id", id},
    TitleWord{"studentid", id},
    TitleWord{"studentno", id},
    TitleWord{"studentnumber", id},
    TitleWord{"考号", number},
    TitleWord{"考试编号", number},
    TitleWord{"考生号", number},
    TitleWord{"考籍号", number},
    TitleWord{"准考证号", number},
    TitleWord{"编号", number},
    TitleWord{"number", number},
    TitleWord{"no", number},
    TitleWord{"no.", number},
    TitleWord{"examno", number},
    TitleWord{"姓名", name},
    TitleWord{"名字", name},
    TitleWord{"学生姓名", name},
    TitleWord{"考生姓名", name},
    TitleWord{"学生", name},
    TitleWord{"name", name},
    TitleWord{"student", name},
    TitleWord{"studentname", name},
    TitleWord{"fullname", name},
    TitleWord{"班级", class_name},
    TitleWord{"班别", class_name},
    TitleWord{"班", class_name},
    TitleWord{"所在班级", class_name},
    TitleWord{"行政班", class_name},
    TitleWord{"class", class_name},
    TitleWord{"classname", class_name},
    TitleWord{"科目", subject_name},
    TitleWord{"学科", subject_name},
    TitleWord{"课程", subject_name},
    TitleWord{"subject", subject_name},
    TitleWord{"course", subject_name},
    TitleWord{"考试", exam_name},
    TitleWord{"考试名称", exam_name},
    TitleWord{"exam", exam_name},
    TitleWord{"examname", exam_name},
    TitleWord{"成绩", mark},
    TitleWord{"分数", mark},
    TitleWord{"得分", mark},
    TitleWord{"mark", mark},
    TitleWord{"marks", mark},
    TitleWord{"score", mark},
    TitleWord{"总分", total},
    TitleWord{"总成绩", total},
    TitleWord{"总分数", total},
    TitleWord{"总计", total},
    TitleWord{"合计", total},
    TitleWord{"total", total},
    TitleWord{"sum", total},
    TitleWord{"平均分", average},
    TitleWord{"平均", average},
    TitleWord{"均分", average},
    TitleWord{"平均成绩", average},
    TitleWord{"average", average},
    TitleWord{"mean", average},
    TitleWord{"排名", rank},
    TitleWord{"名次", rank},
    TitleWord{"位次", rank},
    TitleWord{"级名", rank},
    TitleWord{"班名", rank},
    TitleWord{"校名", rank},
    TitleWord{"级排", rank},
    TitleWord{"班排", rank},
    TitleWord{"校排", rank},
    TitleWord{"级次", rank},
    TitleWord{"班次", rank},
    TitleWord{"校次", rank},
    TitleWord{"级名次", rank},
    TitleWord{"班名次", rank},
    TitleWord{"级排名", rank},
    TitleWord{"班排名", rank},
    TitleWord{"校排名", rank},
    TitleWord{"区排名", rank},
    TitleWord{"市排名", rank},
    TitleWord{"年级排名", rank},
    TitleWord{"班级排名", rank},
    TitleWord{"学校排名", rank},
    TitleWord{"联考排名", rank},
    TitleWord{"年级名次", rank},
    TitleWord{"班级名次", rank},
    TitleWord{"总名次", rank},
    TitleWord{"总排名", rank},
    TitleWord{"rank", rank},
    TitleWord{"转入日期", transferred},
    TitleWord{"转入时间", transferred},
    TitleWord{"transferred", transferred},
    TitleWord{"序号", other},
    TitleWord{"性别", other},
    TitleWord{"年龄", other},
    TitleWord{"民族", other},
    TitleWord{"备注", other},
    TitleWord{"说明", other},
    TitleWord{"年级", other},
    TitleWord{"级", other},
    TitleWord{"座号", other},
    TitleWord{"座位号", other},
    TitleWord{"考场", other},
    TitleWord{"考场号", other},
    TitleWord{"试室", other},
    TitleWord{"试室号", other},
    TitleWord{"电话", other},
    TitleWord{"手机", other},
    TitleWord{"手机号", other},
    TitleWord{"联系电话", other},
    TitleWord{"家长", other},
    TitleWord{"家长姓名", other},
    TitleWord{"家长电话", other},
    TitleWord{"监护人", other},
    TitleWord{"身份证号", other},
    TitleWord{"身份证号码", other},
    TitleWord{"出生日期", other},
    TitleWord{"生日", other},
    TitleWord{"地址", other},
    TitleWord{"住址", other},
    TitleWord{"家庭住址", other},
    TitleWord{"班主任", other},
    TitleWord{"任课教师", other},
    TitleWord{"教师", other},
    TitleWord{"老师", other},
    TitleWord{"学校", other},
    TitleWord{"校区", other},
    TitleWord{"毕业学校", other},
    TitleWord{"日期", other},
    TitleWord{"考试日期", other},
    TitleWord{"入学日期", other},
    TitleWord{"进退步", other},
    TitleWord{"进退", other},
    TitleWord{"进步", other},
    TitleWord{"退步", other},
    TitleWord{"等级", other},
    TitleWord{"等第", other},
    TitleWord{"评价", other},
    TitleWord{"评语", other},
    TitleWord{"住宿", other},
    TitleWord{"身高", other},
    TitleWord{"体重", other},
    TitleWord{"sex", other},
    TitleWord{"gender", other},
    TitleWord{"age", other},
    TitleWord{"remark", other},
    TitleWord{"remarks", other},
    TitleWord{"note", other},
    TitleWord{"notes", other},
    TitleWord{"comment", other},
    TitleWord{"phone", other},
    TitleWord{"grade", other},
    TitleWord{"level", other},
    TitleWord{"seat", other},
    TitleWord{"school", other},
    TitleWord{"date", other},
    TitleWord{"teacher", other},
    TitleWord{"address", other},
};

constexpr std::array second_words{
    TitleWord{"年级排名", rank}, TitleWord{"班级排名", rank}, TitleWord{"年级名次", rank}, TitleWord{"班级名次", rank},
    TitleWord{"级排名", rank},   TitleWord{"班排名", rank},   TitleWord{"校排名", rank},   TitleWord{"级名次", rank},
    TitleWord{"班名次", rank},   TitleWord{"排名", rank},     TitleWord{"名次", rank},     TitleWord{"位次", rank},
    TitleWord{"级名", rank},     TitleWord{"班名", rank},     TitleWord{"校名", rank},     TitleWord{"级排", rank},
    TitleWord{"班排", rank},     TitleWord{"校排", rank},     TitleWord{"级次", rank},     TitleWord{"班次", rank},
    TitleWord{"校次", rank},     TitleWord{"rank", rank},     TitleWord{"等级", other},    TitleWord{"等第", other},
    TitleWord{"教师", other},    TitleWord{"老师", other},    TitleWord{"成绩", mark},     TitleWord{"分数", mark},
    TitleWord{"得分", mark},     TitleWord{"score", mark},    TitleWord{"mark", mark},
};

}  // namespace

std::span<const TitleWord> title_words() { return words; }

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
    const auto found = std::ranges::find(words, word, &TitleWord::word);
    return found == words.end() ? std::nullopt : std::optional(found->meaning);
  };
  if (const auto meaning = of_word(key)) {
    return meaning;
  }
  for (const TitleParts& parts : parts_of_title(key)) {
    const auto first = of_word(parts.first);
    if (parts.second == rank && (first == total || first == average)) {
      return rank;
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
