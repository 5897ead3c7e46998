// SPDX-License-Identifier: MIT
// Words of a record that are no ids: a slip in them would be written down, and the record would serve nothing.
#include <algorithm>
#include <set>

#include "commands/cells.hpp"
#include "commands/lookup.hpp"
#include "commands/note.hpp"
#include "diag/nearest.hpp"
#include "model/people.hpp"
#include "model/recipients.hpp"
#include "model/role_name.hpp"

namespace help {
namespace {

Message with_nearest(Message message, const std::string& typed, const std::vector<std::string>& words) {
  const std::vector<std::string_view> known(words.begin(), words.end());
  const auto near = nearest(typed, known);
  return near ? say("{0} Did you mean '{1}'?", std::move(message), *near) : std::move(message);
}

}  // namespace

/// A subject that the roster or the policy names. A school that does not write down who teaches what has no list to judge by.
std::string NoteComposer::known_subject(const std::string& typed) {
  std::string subject = clean("--subject", typed);
  const Dataset& data = context_.data;
  if (subject.empty() || data.teaching.empty() || data.find_subject(subject)) return subject;
  const Message none = say("There is no subject '{0}'.", subject);
  refuse_unless_forced(with_nearest(say("{0} Subjects: {1}.", none, joined(data.subjects)), subject, data.subjects));
  return subject;
}

std::vector<std::string> NoteComposer::known_recipients(const std::vector<std::string>& typed) {
  std::vector<std::string> known;
  for (const std::string& one : clean_all("--to", typed)) {
    std::string recipient = known_recipient(one);
    if (std::ranges::find(known, recipient) == known.end()) known.push_back(std::move(recipient));
  }
  return known;
}

/// As the log names it: an id of the roster, or the code of a role; a person, body or role may be typed by its name.
std::string NoteComposer::known_recipient(const std::string& typed) {
  const std::set<std::string_view> words = recipient_words(context_.data);
  if (words.contains(typed)) return typed;
  std::vector<std::string> names(words.begin(), words.end());
  for (const std::string_view word : words) {
    if (context_.talk == nullptr) break;
    for (const std::string_view language : {"zh", "en"}) {
      names.push_back(context_.talk->text(name_of_role(word), language));
      if (names.back() == typed) return std::string(word);
    }
  }
  std::vector<Message> why_not;
  if (const auto party = Lookup(context_, why_not).party(typed)) return context_.data.id_of(*party);
  if (!find_people(context_.data, typed, PeopleKinds::both).matches.empty()) {
    refuse_all(std::move(why_not));  // several, or HELP_STAFF is missing: no --force makes one of them
    return typed;
  }
  for (const Staff& one : context_.data.staff) names.push_back(one.name);
  for (const Body& one : context_.data.bodies) names.push_back(one.name);
  refuse_unless_forced(with_nearest(
      say("'{0}' is no recipient: no person or body of the roster, no role, and no word of the policy.", typed), typed, names));
  return typed;
}

}  // namespace help
