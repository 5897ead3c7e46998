// SPDX-License-Identifier: MIT
#include "commands/identify_view.hpp"

#include <algorithm>

#include "commands/cells.hpp"
#include "commands/identify_words.hpp"
#include "rules/clause.hpp"

namespace help {
namespace {

// More exams than these are counted, not named.
constexpr std::size_t exams_named = 6;

class IdentifyView {
 public:
  IdentifyView(const Context& context, const Question& question, const Identified& answer, const IdentifyFilter& filter)
      : data_(context.data), format_(context.format), question_(question), answer_(answer), filter_(filter) {
    for (const auto& item : answer.items) {
      if (wanted(item)) items_.push_back(&item);
    }
    all_ = items_.size();
    if (filter.by_class) {
      std::ranges::stable_sort(items_, [&](const auto* a, const auto* b) { return class_order(*a) < class_order(*b); });
    }
    if (filter.limit && items_.size() > *filter.limit) items_.resize(*filter.limit);
  }

  Document document() {
    Document document;
    document.schema = "help.identify/1";
    add_head(document);
    add_facts(document);
    add_items(document);
    add_just_outside(document);
    add_gone(document);
    add_no_mark(document);
    add_short_of_minimum(document);
    add_not_judged(document);
    return document;
  }

 private:
  [[nodiscard]] bool wanted(const IdentifiedItem& item) const {
    if (filter_.in_class && item.in_class != filter_.in_class) return false;
    if (filter_.grade && item.grade != *filter_.grade) return false;
    return !filter_.subject || std::ranges::find(item.subjects, *filter_.subject) != item.subjects.end();
  }

  [[nodiscard]] bool wanted(StudentIndex student) const {
    const auto in = data_.class_of(student, answer_.today);
    if (filter_.in_class && in != filter_.in_class) return false;
    return !filter_.grade || (in && data_.grade_of(*in, answer_.today) == *filter_.grade);
  }

  [[nodiscard]] std::pair<int, std::string_view> class_order(const IdentifiedItem& item) const {
    return {item.grade, item.in_class ? std::string_view(data_.classes[*item.in_class].id) : std::string_view()};
  }

  [[nodiscard]] std::string policy_name() const { return data_.policy.name.empty() ? data_.policy.id : data_.policy.name; }

  [[nodiscard]] std::string term_name() const {
    if (!answer_.term) return {};
    const auto& term = data_.calendar.terms[*answer_.term];
    return term.name.empty() ? term.id : term.name;
  }

  void add_head(Document& document) const {
    auto& head = document.head;
    head.push_back(say("{0}: {1} on {2}", data_.school.name, label_of(data_.policy), to_string(answer_.today)));
    head.push_back(answer_.term ? say("Policy: {0}. Term: {1}.", policy_name(), term_name()) : say("Policy: {0}.", policy_name()));
    if (answer_.exams.empty()) {
      head.push_back(say("No exam was used."));
    } else if (answer_.exams.size() <= exams_named) {
      std::vector<std::string> titles;
      for (const auto exam : answer_.exams) titles.push_back(exam_title(data_.exams[exam]));
      head.push_back(say("Exams: {0}.", joined(titles)));
    } else {
      head.push_back(counted(static_cast<std::int64_t>(answer_.exams.size()), "{0} exam, from {1} to {2}.", "{0} exams, from {1} to {2}.",
                             exam_title(data_.exams[answer_.exams.front()]), exam_title(data_.exams[answer_.exams.back()])));
    }
    if (!answer_.rules_without_exam.empty()) head.push_back(say("No exam was held yet for: {0}.", joined(answer_.rules_without_exam)));
    if (question_.exam && std::ranges::none_of(answer_.exams, [&](ExamIndex exam) { return data_.exams[exam].id == *question_.exam; })) {
      head.push_back(say("No rule looks at the exam {0}.", *question_.exam));
    }
    if (!answer_.rules_reading_groups.empty()) {
      head.push_back(say("These rules read special groups, as the policy says: {0}.", joined(answer_.rules_reading_groups)));
    }
    add_filter(head);
    head.push_back(counts());
    head.push_back(answer_.last_list ? say("Compared with the list of {0}.", to_string(data_.lists[*answer_.last_list].at))
                                     : say("There is no earlier list to compare with."));
  }

  void add_filter(std::vector<Message>& head) const {
    std::vector<Message> parts;
    if (filter_.grade) parts.push_back(say("grade {0}", *filter_.grade));
    if (filter_.in_class) parts.push_back(say("class {0}", class_name(data_, filter_.in_class)));
    if (filter_.subject) parts.push_back(say("subject {0}", data_.subjects[*filter_.subject]));
    if (!parts.empty()) head.push_back(say("Only {0} is shown.", joined(parts)));
    if (items_.size() < all_) {
      head.push_back(
          say("Only the first {0} of {1} are shown.", static_cast<std::int64_t>(items_.size()), static_cast<std::int64_t>(all_)));
    }
  }

  [[nodiscard]] Message counts() const {
    const auto number = [&](auto of) { return static_cast<std::int64_t>(std::ranges::count_if(answer_.items, of)); };
    const auto active = [](const IdentifiedItem& item) { return item.state == CaseState::none || item.state == CaseState::confirmed; };
    const auto with = [&](Outcome outcome) {
      return number([&](const IdentifiedItem& item) { return wanted(item) && active(item) && item.outcome == outcome; });
    };
    const auto fresh = number([&](const IdentifiedItem& item) { return wanted(item) && active(item) && item.change == Change::fresh; });
    const auto set_aside = number([&](const IdentifiedItem& item) { return wanted(item) && !active(item); });
    return say("Identified {0}, pending {1}, watch {2}; new {3}; set aside {4}.", with(Outcome::identified), with(Outcome::pending),
               with(Outcome::watch), fresh, set_aside);
  }

  void add_facts(Document& document) const {
    Cell::List exams;
    for (const auto exam : answer_.exams) exams.emplace_back(data_.exams[exam].id);
    const auto list = [](const std::vector<std::string>& words) {
      Cell::List cells;
      for (const auto& word : words) cells.emplace_back(word);
      return cells;
    };
    Record filter;
    filter.fields = {{"class", filter_.in_class ? Cell(data_.classes[*filter_.in_class].id) : Cell()},
                     {"grade", number_or_null(filter_.grade)},
                     {"subject", subject_or_null(data_, filter_.subject)},
                     {"limit", filter_.limit ? Cell(static_cast<std::int64_t>(*filter_.limit)) : Cell()}};
    document.facts.fields = {{"today", Cell(answer_.today)},
                             {"school", Cell(data_.school.name)},
                             {"policy", Cell(data_.policy.id)},
                             {"label", Cell(label_of(data_.policy))},
                             {"term", answer_.term ? Cell(data_.calendar.terms[*answer_.term].id) : Cell()},
                             {"exams", Cell(std::move(exams))},
                             {"last_list", answer_.last_list ? Cell(data_.lists[*answer_.last_list].id) : Cell()},
                             {"rules_without_exam", Cell(list(answer_.rules_without_exam))},
                             {"rules_reading_groups", Cell(list(answer_.rules_reading_groups))},
                             {"filter", Cell(std::move(filter))},
                             {"total", Cell(static_cast<std::int64_t>(all_))}};
  }

  // ---- items

  void add_items(Document& document) const {
    if (format_ == Format::json) return document.tables.push_back(json_table("items", items_));
    if (format_ == Format::csv) return document.tables.push_back(csv_table());
    const auto nobody = all_ == 0 ? say("Nobody is on the list.") : Message{};
    if (!filter_.by_class || items_.empty()) {
      document.tables.push_back(table_for_people("items", {}, items_, 1, nobody));
      return;
    }
    for (auto first = items_.begin(); first != items_.end();) {
      const auto end = std::find_if(first, items_.end(), [&](const auto* item) { return item->in_class != (*first)->in_class; });
      const auto title = (*first)->in_class ? as_data(class_name(data_, (*first)->in_class)) : say("In no class");
      document.tables.push_back(table_for_people("items", title, {first, end}, 1, {}));
      first = end;
    }
  }

  [[nodiscard]] Table json_table(std::string_view key, const std::vector<const IdentifiedItem*>& items) const {
    Table table{.key = key};
    for (const auto* name : {"student", "name", "class", "grade", "subject", "outcome", "subjects", "state", "confirmed_subjects",
                             "exclusion_basis", "change", "for_minimum", "hits", "nearest"}) {
      table.columns.push_back({.key = name});
    }
    for (const auto* item : items) {
      const auto& student = data_.students[item->student];
      Cell::List hits;
      for (const auto& hit : item->hits) hits.push_back(hit_cell(data_, hit));
      Cell::List confirmed;
      for (const auto subject : item->confirmed_subjects) confirmed.emplace_back(data_.subjects[subject]);
      table.rows.push_back({student.id, student.name, item->in_class ? Cell(data_.classes[*item->in_class].id) : Cell(),
                            item->in_class ? Cell(item->grade) : Cell(), subject_or_null(data_, item->subject), word_of(item->outcome),
                            subject_names(data_, *item), code_of(item->state), std::move(confirmed), text_or_null(item->exclusion_basis),
                            item->change == Change::fresh ? "new" : "continuing", item->for_minimum, std::move(hits),
                            evidence_list(data_, item->nearest)});
    }
    return table;
  }

  /// One row an item; what is a list in JSON is joined here.
  [[nodiscard]] Table csv_table() const {
    Table table{.key = "items"};
    for (const auto* name : {"student", "name", "class", "grade", "subject", "outcome", "subjects", "state", "change", "rules", "why"}) {
      table.columns.push_back({.key = name});
    }
    for (const auto* item : items_) {
      const auto& student = data_.students[item->student];
      Cell::List rules;
      for (const auto& hit : item->hits) rules.emplace_back(data_.policy.identify[hit.rule].id);
      Cell::List why;
      for (auto& line : reasons_of(data_, *item)) why.emplace_back(std::move(line));
      table.rows.push_back({student.id, student.name, item->in_class ? Cell(data_.classes[*item->in_class].id) : Cell(),
                            item->in_class ? Cell(item->grade) : Cell(), subject_or_null(data_, item->subject), word_of(item->outcome),
                            subject_names(data_, *item), code_of(item->state), item->change == Change::fresh ? "new" : "continuing",
                            std::move(rules), std::move(why)});
    }
    return table;
  }

  [[nodiscard]] Table table_for_people(std::string_view key, Message title, const std::vector<const IdentifiedItem*>& items,
                                       std::size_t first_number, Message when_empty) const {
    Table table{.key = key, .title = std::move(title), .when_empty = std::move(when_empty)};
    table.columns = {{.key = "number", .title = say("No.")},   {.key = "student", .title = say("Id")},
                     {.key = "name", .title = say("Name")},    {.key = "class", .title = say("Class")},
                     {.key = "outcome", .title = say("List")}, {.key = "standing", .title = say("State")},
                     {.key = "why", .title = say("Why")}};
    auto number = static_cast<std::int64_t>(first_number);
    for (const auto* item : items) {
      const auto& student = data_.students[item->student];
      table.rows.push_back({number++, student.id, student.name, class_name(data_, item->in_class),
                            is_off(*item) ? Cell("–") : Cell(outcome_words(item->outcome)), standing_of(data_, *item),
                            lines_in_cell(reasons_of(data_, *item), format_)});
    }
    return table;
  }

  // ---- the rest

  void add_just_outside(Document& document) const {
    std::vector<const IdentifiedItem*> outside;
    for (const auto& item : answer_.just_outside) {
      if (wanted(item)) outside.push_back(&item);
    }
    if (is_for_people(format_)) {
      document.tables.push_back(table_for_people("just_outside", say("Just outside the places"), outside, 1, {}));
    } else {
      document.tables.push_back(json_table("just_outside", outside));
    }
  }

  [[nodiscard]] std::string_view why_gone(const ListItem& gone) const {
    const auto& student = data_.students[gone.student];
    if (student.left && *student.left < answer_.today) return "left";
    const auto same = [&](const IdentifiedItem& item) { return item.student == gone.student && item.subject == gone.subject; };
    return std::ranges::any_of(answer_.just_outside, same) ? "just-outside" : "no-hit";
  }

  static Message words_of_gone(std::string_view why) {
    if (why == "left") return say("has left the school");
    if (why == "just-outside") return say("just outside the places");
    return say("no rule applies any more");
  }

  void add_gone(Document& document) const {
    Table table{.key = "gone", .title = say("Off the list since last time")};
    table.columns = {{.key = "student", .title = say("Id")},
                     {.key = "name", .title = say("Name")},
                     {.key = "class", .title = say("Class")},
                     {.key = "subject", .title = say("Subject")},
                     {.key = "why", .title = say("Why")}};
    for (const auto& gone : answer_.gone) {
      if (!wanted(gone.student) || (filter_.subject && gone.subject && gone.subject != filter_.subject)) continue;
      const auto& student = data_.students[gone.student];
      const auto why = why_gone(gone);
      table.rows.push_back({student.id, student.name, class_cell(gone.student), subject_or_null(data_, gone.subject),
                            is_for_people(format_) ? Cell(words_of_gone(why)) : Cell(why)});
    }
    document.tables.push_back(std::move(table));
  }

  [[nodiscard]] Cell class_cell(StudentIndex student) const {
    const auto in = data_.class_of(student, answer_.today);
    if (!in) return {};
    return is_for_people(format_) ? Cell(class_name(data_, in)) : Cell(data_.classes[*in].id);
  }

  void add_no_mark(Document& document) const {
    Table table{.key = "no_mark", .title = say("No mark to judge by")};
    table.columns = {{.key = "student", .title = say("Id")},
                     {.key = "name", .title = say("Name")},
                     {.key = "class", .title = say("Class")},
                     {.key = "rules", .title = say("Rules")},
                     {.key = "reason", .title = say("Why")}};
    for (std::size_t place = 0; place < answer_.no_mark.size();) {
      const auto student = answer_.no_mark[place].student;
      const auto reason = answer_.no_mark[place].reason;
      std::vector<std::string> ids;
      for (; place < answer_.no_mark.size() && answer_.no_mark[place].student == student; ++place) {
        const auto& id = data_.policy.identify[answer_.no_mark[place].rule].id;
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
      }
      if (!wanted(student)) continue;
      Cell::List rules;
      for (const auto& id : ids) rules.emplace_back(id);
      const auto& who = data_.students[student];
      table.rows.push_back({who.id, who.name, class_cell(student), std::move(rules), reason_cell(reason)});
    }
    document.tables.push_back(std::move(table));
  }

  [[nodiscard]] Cell reason_cell(Reason reason) const { return is_for_people(format_) ? Cell(words_of(reason)) : Cell(code_of(reason)); }

  void add_short_of_minimum(Document& document) const {
    Table table{.key = "short_of_minimum", .title = say("Teachers with fewer students than the policy asks")};
    table.columns = {{.key = "staff", .title = say("Id")},
                     {.key = "name", .title = say("Name")},
                     {.key = "subject", .title = say("Subject")},
                     {.key = "has", .title = say("Has")},
                     {.key = "needs", .title = say("Needs")}};
    for (const auto& teacher : answer_.short_of_minimum) {
      if (filter_.subject && teacher.subject != *filter_.subject) continue;
      const auto& who = data_.staff[teacher.staff];
      table.rows.push_back({who.id, who.name, data_.subjects[teacher.subject], teacher.has, teacher.needs});
    }
    document.tables.push_back(std::move(table));
  }

  void add_not_judged(Document& document) const {
    Table table{.key = "not_judged", .title = say("Not judged")};
    table.columns = {
        {.key = "rule", .title = say("Rule")}, {.key = "reason", .title = say("Why")}, {.key = "students", .title = say("Students")}};
    for (const auto& each : answer_.not_judged) {
      const auto& rule = data_.policy.identify[each.rule];
      table.rows.push_back({is_for_people(format_) ? name_of(rule) : rule.id, reason_cell(each.reason), each.students});
    }
    document.tables.push_back(std::move(table));
  }

  const Dataset& data_;
  Format format_;
  const Question& question_;
  const Identified& answer_;
  const IdentifyFilter& filter_;
  std::vector<const IdentifiedItem*> items_;
  std::size_t all_ = 0;
};

}  // namespace

Document identify_document(const Context& context, const Question& question, const Identified& answer, const IdentifyFilter& filter) {
  return IdentifyView(context, question, answer, filter).document();
}

}  // namespace help
