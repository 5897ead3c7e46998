// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>
#include <tuple>

#include "store/fields.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

/// Whom an id names: a member of staff, a student or a body. What it names is unknown only where every roster file could be read.
std::optional<Party> party(Reading& reading, const std::string& path, const Value& id) {
  const Dataset& data = reading.data;
  if (const auto staff = data.find_staff(id.text())) return Party{Party::Kind::staff, *staff};
  if (const auto student = data.find_student(id.text())) return Party{Party::Kind::student, *student};
  if (const auto body = data.find_body(id.text())) return Party{Party::Kind::body, *body};
  if (!id.is_scalar()) return std::nullopt;
  for (const std::string_view file : {"roster/students.yaml", "roster/staff.yaml", "roster/bodies.yaml"}) {
    if (reading.unreadable.contains(file)) return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (const Staff& one : data.staff) known.push_back(one.id);
  for (const Body& one : data.bodies) known.push_back(one.id);
  reading.unknown(path, id, "reference/unknown-party", say("the roster has no person and no body with the id '{0}'", id.text()), known);
  return std::nullopt;
}

void read_order(Reading& reading, const std::string& path, const Value& item) {
  const auto student_id = find(item, "student");
  const auto with_id = find(item, "with");
  if (!student_id || !with_id) return;
  const auto student = reading.student(path, *student_id);
  const auto with = party(reading, path, *with_id);
  if (!student || !with) return;
  if (*with == Party{Party::Kind::student, *student}) {
    reading.error(path, *with_id, "pairs/own-peer", say("nobody is paired with themselves"));
    return;
  }
  PairOrder order{.id = text_at(item, "id"),
                  .date = date_at(item, "date").value_or(Date{}),
                  .role = text_at(item, "role"),
                  .student = *student,
                  .with = *with,
                  .subject = reading.subject_at(item),
                  .fixed = text_at(item, "pair") == "fixed",
                  .until = date_at(item, "until").value_or(Date::max()),
                  .because = text_at(item, "because")};
  if (order.until < order.date)
    reading.error(path, *find(item, "until"), "field/ends-before-it-begins",
                  say("the last day {0} lies before the first day {1}", to_string(order.until), to_string(order.date)));
  reading.data.pair_orders.push_back(std::move(order));
}

void read_wish(Reading& reading, const std::string& path, const Value& item) {
  const auto of_id = find(item, "of");
  const auto prefers = find(item, "prefers");
  if (!of_id || !prefers) return;
  const auto of = party(reading, path, *of_id);
  Wish wish{
      .id = text_at(item, "id"), .date = date_at(item, "date").value_or(Date{}), .role = text_at(item, "role"), .of = {}, .tiers = {}};
  std::set<Party> named;
  const auto add = [&](std::vector<Party>& tier, const Value& id) {
    const auto other = party(reading, path, id);
    if (!other) return;
    if (other == of) {
      reading.error(path, id, "pairs/own-peer", say("nobody is paired with themselves"));
    } else if (!named.insert(*other).second) {
      reading.error(path, id, "prefs/named-twice", say("'{0}' stands on the list a second time", id.text()),
                    say("leave it where it belongs, once"));
    } else {
      tier.push_back(*other);
    }
  };
  for (const Value one : items_of(*prefers)) {
    auto& tier = wish.tiers.emplace_back();
    if (one.is_scalar()) add(tier, one);
    for (const Value id : items_of(one)) add(tier, id);
  }
  if (!of) return;
  wish.of = *of;
  reading.data.wishes.push_back(std::move(wish));
}

}  // namespace

void read_prefs(Reading& reading) {
  const Shape shape = prefs_shape();
  for (const std::string& name : yaml_names(reading, "prefs")) {
    const std::string path = "prefs/" + name + ".yaml";
    const auto file = reading.open(path, shape);
    if (!file || !file->root()) continue;
    for (const Value item : records_in_force(reading, *file)) {
      if (find(item, "pair")) {
        read_order(reading, path, item);
      } else {
        read_wish(reading, path, item);
      }
    }
  }
  std::ranges::sort(reading.data.wishes, [](const Wish& a, const Wish& b) { return std::tie(a.date, a.id) < std::tie(b.date, b.id); });
  std::ranges::sort(reading.data.pair_orders,
                    [](const PairOrder& a, const PairOrder& b) { return std::tie(a.date, a.id) < std::tie(b.date, b.id); });
}

}  // namespace help
