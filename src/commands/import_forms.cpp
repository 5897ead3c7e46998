// SPDX-License-Identifier: MIT
#include "commands/import_forms.hpp"

#include <algorithm>
#include <set>

#include "store/cell_text.hpp"
#include "store/csv.hpp"

namespace help {
namespace {

constexpr std::size_t rows_looked_at = 30;
constexpr std::size_t bytes_looked_at = 64U << 10U;

std::vector<FormField> make_fields(FormKind kind) {
  constexpr FormEntry date = FormEntry::date;
  constexpr FormEntry number = FormEntry::number;
  constexpr FormEntry text = FormEntry::text;
  switch (kind) {
    case FormKind::marks:
      return {{"exam", say("Code of the exam"), text, true},
              {"exam-name", say("Name of the exam"), text, false, true},
              {"exam-kind", say("Kind of exam"), text, false, true},
              {"exam-date", say("Day of the exam"), date, false, true},
              {"exam-term", say("Term of the exam"), text, false, true},
              {"student", say("Student id"), text, true},
              {"name", say("Name")},
              {"class", say("Class")}};
    case FormKind::roster:
      return {{"student", say("Student id"), text, true},
              {"name", say("Name"), text, true},
              {"class", say("Class"), text, true},
              {"since", say("In the class since"), date, true},
              {"transferred", say("Came from another school on"), date, true},
              {"left", say("Last day here"), date, true}};
    case FormKind::talks:
      return {{"date", say("Date"), date, true},
              {"staff", say("Whose record"), text, true},
              {"student", say("Students"), text, true},
              {"kind", say("Kind of contact"), text, true},
              {"note", say("What was said"), text, true},
              {"class", say("Class")},
              {"subject", say("Subject")},
              {"channel", say("Channel")},
              {"place", say("Place")},
              {"minutes", say("Minutes"), number},
              {"present", say("Who else was there")},
              {"to", say("Recipients")},
              {"with", say("Together with")},
              {"follow-up", say("Next due on"), date},
              {"tags", say("Tags")},
              {"record", say("Record id")}};
    case FormKind::preferences:
      return {{"date", say("Date"), date, true},
              {"pair", say("Wish, fixed or banned"), text, true},
              {"of", say("Whose wish"), text, true},
              {"role", say("Role of the pair"), text, true},
              {"first", say("First choice"), text, true},
              {"second", say("Second choice")},
              {"third", say("Third choice")},
              {"subject", say("Subject")},
              {"until", say("Until"), date},
              {"because", say("Reason")},
              {"record", say("Record id")}};
    case FormKind::observations:
      return {{"date", say("Date"), date, true},
              {"student", say("Student"), text, true},
              {"indicator", say("Indicator"), text, true},
              {"kind", say("Seen or gone"), text, true},
              {"by", say("Seen by"), text, true},
              {"because", say("Reason")},
              {"record", say("Record id")}};
    case FormKind::counts:
      return {{"period", say("Period id"), text, true},
              {"from", say("From"), date, true},
              {"until", say("Until"), date, true},
              {"student", say("Student id"), text, true},
              {"name", say("Name")},
              {"class", say("Class")}};
    case FormKind::classes:
      return {{"class", say("Class id"), text, true},         {"name", say("Name of the class"), text, true},
              {"cohort", say("Year of entry"), number, true}, {"entry-grade", say("Grade at entry"), number, true},
              {"leader", say("Class teacher"), text, true},   {"since", say("Class teacher since"), date, true}};
    case FormKind::staff:
      return {{"staff", say("Staff id"), text, true},
              {"name", say("Name"), text, true},
              {"role", say("Role in the school"), text, true},
              {"grade", say("Grade")},
              {"class", say("Class")},
              {"subject", say("Subject")},
              {"body", say("Body")},
              {"from", say("In the role from"), date, true},
              {"until", say("In the role until"), date, true},
              {"left", say("Last day here"), date},
              {"leave-from", say("On leave from"), date},
              {"leave-until", say("On leave until"), date},
              {"leave-because", say("Reason of the leave")},
              {"substitute", say("Substitute")}};
    case FormKind::groups:
      return {{"student", say("Student"), text, true},
              {"class", say("Class")},
              {"group", say("Special group"), text, true},
              {"from", say("From"), date, true},
              {"until", say("Until"), date, true}};
    case FormKind::archives:
      return {{"student", say("Student"), text, true},
              {"class", say("Class")},
              {"opened", say("Archive opened on"), date, true},
              {"keeper", say("Keeper of the archive")},
              {"study-base", say("Learnt so far")},
              {"attitude", say("Attitude")},
              {"character", say("Character")},
              {"discipline", say("Keeping rules")},
              {"life", say("Everyday life")},
              {"categories", say("Categories of the case")},
              {"causes", say("Causes"), text, true},
              {"hobbies", say("Hobbies")},
              {"strengths", say("Strengths")},
              {"measure", say("New measure")},
              {"measure-who", say("Who does it")},
              {"measure-until", say("Measure until"), date},
              {"goal", say("New goal")},
              {"goal-by", say("Goal by"), date},
              {"address", say("Address (private)")},
              {"family", say("Family (private)")},
              {"economy", say("Means of the family (private)")},
              {"parents-work", say("Parents' work (private)")},
              {"parenting", say("Upbringing (private)")},
              {"health", say("Health (private)")},
              {"psychology", say("How the child feels (private)")},
              {"note", say("Note (private)")}};
    case FormKind::teaching:
      return {{"staff", say("Teacher"), text, true},
              {"subject", say("Subject"), text, true},
              {"class", say("Class"), text, true},
              {"from", say("From"), date, true},
              {"until", say("Until"), date, true}};
  }
  return {};
}

bool has_others(FormKind kind) { return kind == FormKind::marks || kind == FormKind::counts; }

/// The form whose titles these are, in one language.
std::optional<FoundForm> form_of_titles(const Context& context, const std::vector<std::string>& titles, std::string_view language) {
  for (std::size_t at = 0; at < form_words.size(); ++at) {
    FoundForm found{.kind = static_cast<FormKind>(at)};
    bool is_whole = true;
    std::set<std::size_t> used;
    for (const FormField& field : fields_of(found.kind)) {
      const auto place = std::ranges::find(titles, title_key(in_language(context, field.title, language)));
      is_whole = is_whole && (place != titles.end() || !field.must);
      if (place == titles.end()) continue;
      found.columns.emplace(field.key, static_cast<std::size_t>(place - titles.begin()));
      used.insert(static_cast<std::size_t>(place - titles.begin()));
    }
    for (std::size_t column = 0; column < titles.size(); ++column) {
      if (titles[column].empty() || used.contains(column)) continue;
      is_whole = is_whole && has_others(found.kind);
      found.others.emplace_back(titles[column], column);
    }
    if (is_whole) return found;
  }
  return std::nullopt;
}

}  // namespace

std::string_view word_of(FormKind kind) { return form_words[static_cast<std::size_t>(kind)]; }

std::optional<FormKind> form_called(std::string_view word) {
  const auto found = std::ranges::find(form_words, word);
  return found == form_words.end() ? std::nullopt : std::optional(static_cast<FormKind>(found - form_words.begin()));
}

const std::vector<FormField>& fields_of(FormKind kind) {
  static const auto all = [] {
    std::vector<std::vector<FormField>> fields;
    for (std::size_t at = 0; at < form_words.size(); ++at) fields.push_back(make_fields(static_cast<FormKind>(at)));
    return fields;
  }();
  return all[static_cast<std::size_t>(kind)];
}

Message title_of_field(FormKind kind, std::string_view key) {
  const auto& fields = fields_of(kind);
  const auto found = std::ranges::find(fields, key, &FormField::key);
  return found == fields.end() ? Message{} : found->title;
}

std::string in_language(const Context& context, const Message& message, std::string_view language) {
  return context.talk != nullptr && context.talk->text ? context.talk->text(message, language) : std::string(message.id);
}

const std::vector<std::pair<Mark::State, Message>>& state_words() {
  static const std::vector<std::pair<Mark::State, Message>> words{{Mark::State::absent, say("absent")},
                                                                  {Mark::State::exempt, say("exempt")},
                                                                  {Mark::State::deferred, say("deferred")},
                                                                  {Mark::State::voided, say("void")}};
  return words;
}

Message form_states() { return say("absent, exempt, deferred, void, or an empty cell where there is no entry"); }

Message title_with_full(const MappedSubject& subject) {
  const std::string full = hundredths_to_string(subject.full);
  return subject.pass ? say("{0} (full mark {1}, pass mark {2})", subject.name, full, hundredths_to_string(*subject.pass))
                      : say("{0} (full mark {1})", subject.name, full);
}

std::optional<MappedSubject> subject_of_title(std::string_view title) {
  const std::string text = cell_text(title);
  const std::string key = narrow(text);
  const std::size_t open = key.rfind('(');
  if (open == std::string::npos || open == 0 || !key.ends_with(')')) return std::nullopt;
  // The same bracket in the text as it stands, for the name above all.
  const std::size_t wide = text.rfind("（");
  const std::size_t plain = text.rfind('(');
  const std::size_t place = wide == std::string::npos ? plain : plain == std::string::npos ? wide : std::max(wide, plain);
  const std::string inside = title_key(std::string_view(key).substr(open + 1, key.size() - open - 2));
  const std::size_t comma = inside.find(',');
  const auto mark_behind = [](std::string_view part, std::string_view zh, std::string_view en) -> std::optional<std::int32_t> {
    const std::string_view word = part.starts_with(zh) ? zh : en;
    return part.starts_with(word) ? mark_of_text(part.substr(word.size())) : std::nullopt;
  };
  const std::string_view parts = inside;
  const auto full = mark_behind(parts.substr(0, comma), "满分", "fullmark");
  if (!full || *full == 0) return std::nullopt;
  MappedSubject subject{.name = cell_text(std::string_view(text).substr(0, place)), .full = *full, .pass = {}};
  if (comma == std::string::npos) return subject;
  subject.pass = mark_behind(parts.substr(comma + 1), "及格", "passmark");
  return subject.pass && *subject.pass <= subject.full ? std::optional(subject) : std::nullopt;
}

std::optional<FoundForm> find_form(const Context& context, const Sheet& sheet, const FormHints& hints) {
  for (std::size_t row = 0; row < std::min(sheet.row_count(), rows_looked_at); ++row) {
    std::vector<std::string> titles;
    for (std::size_t column = 0; column < sheet.width(row); ++column) {
      titles.push_back(title_key(sheet.cell(row, column)));
      if (hints.left_out.contains(titles.back())) titles.back().clear();
    }
    for (const std::string_view language : {"zh", "en"}) {
      if (auto found = form_of_titles(context, titles, language)) {
        found->header = sheet.line(row);
        return found;
      }
    }
  }
  return std::nullopt;
}

std::optional<Message> why_no_form(const Context& context, const Sheet& sheet, const FormHints& hints) {
  for (std::size_t row = 0; row < std::min(sheet.row_count(), rows_looked_at); ++row) {
    for (std::size_t at = 0; at < form_words.size(); ++at) {
      const auto kind = static_cast<FormKind>(at);
      for (const std::string_view language : {"zh", "en"}) {
        if (has_others(kind)) continue;
        std::vector<std::string> missing;
        std::set<std::string> titles;
        std::size_t needed = 0;
        for (const FormField& field : fields_of(kind)) {
          const std::string title = in_language(context, field.title, language);
          titles.insert(title_key(title));
          if (!field.must) continue;
          ++needed;
          bool is_there = false;
          for (std::size_t column = 0; column < sheet.width(row); ++column)
            is_there = is_there || title_key(sheet.cell(row, column)) == title_key(title);
          if (!is_there) missing.push_back(title);
        }
        std::string more;
        std::string options;
        for (std::size_t column = 0; column < sheet.width(row); ++column) {
          const std::string title = cell_text(sheet.cell(row, column));
          if (title.empty() || titles.contains(title_key(title)) || hints.left_out.contains(title_key(title))) continue;
          more += (more.empty() ? "" : ", ") + title;
          options += (options.empty() ? "--column '" : " --column '") + title + "=-'";
        }
        if (missing.empty() && !more.empty()) {
          return say("{0}: this is the form {1} with columns that it does not have: {2}; remove them, or leave them out: {3}", sheet.name(),
                     word_of(kind), more, options);
        }
        if (missing.size() == 1 && more.empty() && needed > 4) {
          return say("{0}: this is the form {1} without the column {2}; put it back, or say with --map what the table is", sheet.name(),
                     word_of(kind), missing.front());
        }
      }
    }
  }
  return std::nullopt;
}

std::optional<FoundForm> read_form(const Context& context, const std::string& name, const std::string& bytes, const FormHints& hints,
                                   Sheet& sheet, TableForm& how, std::optional<Message>& nearly, Diagnostics& problems) {
  if (begins_like_ole(bytes)) return std::nullopt;
  Diagnostics ignored;  // a table that is no form is read once more, and its problems are told then
  if (begins_like_xlsx(bytes)) {
    how.workbook.emplace();
    if (!read_xlsx(name, bytes, hints.sheet, sheet, *how.workbook, ignored)) return std::nullopt;
    auto found = find_form(context, sheet, hints);
    if (!found) nearly = why_no_form(context, sheet, hints);
    if (found) how.header = found->header;
    return found;
  }
  std::string beginning = bytes.substr(0, bytes_looked_at);
  if (beginning.size() < bytes.size()) beginning.erase(beginning.rfind('\n') == std::string::npos ? 0 : beginning.rfind('\n'));
  DecodedText decoded;
  if (!decode_table(name, std::move(beginning), std::nullopt, decoded, ignored)) return std::nullopt;
  for (const char separator : separators) {
    Sheet first;
    (void)read_csv(name, decoded.text, separator, first, ignored);
    auto found = find_form(context, first, hints);
    if (!found && !nearly) nearly = why_no_form(context, first, hints);
    if (!found) continue;
    DecodedText all;
    how = {.workbook = {}, .encoding = decoded.encoding, .separator = separator, .header = found->header};
    const bool is_read =
        decode_table(name, bytes, std::nullopt, all, problems) && read_csv(name, std::move(all.text), separator, sheet, problems);
    return is_read ? std::move(found) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace help
