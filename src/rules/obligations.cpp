// SPDX-License-Identifier: MIT
#include "rules/obligations.hpp"

#include <algorithm>
#include <chrono>

#include "rules/duty_days.hpp"
#include "rules/duty_entries.hpp"
#include "rules/duty_streams.hpp"
#include "rules/serving.hpp"
#include "rules/stream_windows.hpp"
#include "rules/triggers.hpp"

namespace help {
namespace {

/// The days about which anything may be asked: all terms and what lies around them.
Period span_of(const Dataset& data, const ObligationQuestion& question) {
  const auto& terms = data.calendar.terms;
  Date from = first_known_day(data.calendar, question.today);
  Date until = terms.empty() ? question.today : std::max(question.today, terms.back().days.until);
  if (question.windows && question.windows->from != Date::min()) from = std::min(from, question.windows->from - Days{150});
  if (question.windows && question.windows->until != Date::max()) until = std::max(until, question.windows->until);
  return {from, until + Days{400}};
}

Period wanted_windows(const Dataset& data, const ObligationQuestion& question) {
  if (question.windows) return *question.windows;
  const auto& terms = data.calendar.terms;
  if (terms.empty()) return {question.today - Days{365}, question.today + Days{30}};
  Period book = book_of(data.calendar, *data.calendar.term_of(question.today));
  if (book.until == Date::max()) book.until = std::max(terms.back().days.until, question.today);  // the last term known
  return book;
}

/// Works out one duty after the other.
class Engine {
 public:
  Engine(const Dataset& data, const ObligationQuestion& question)
      : data_(data),
        question_(question),
        today_(question.today),
        wanted_(wanted_windows(data, question)),
        book_(data, span_of(data, question)),
        world_{data, question, Cases(data, question.today), Holders(data), LogIndex(data, question)},
        triggers_(data, question.today) {
    answer_.today = today_;
  }

  Obligations run() {
    const auto& duties = data_.policy.cadence.duties;
    for (std::uint32_t duty = 0; duty < duties.size(); ++duty) {
      if (question_.duty && *question_.duty != duty) continue;
      if (duties[duty].timing != Timing::unchecked) one_duty(duty);
    }
    return std::move(answer_);
  }

 private:
  void one_duty(std::uint32_t index) {
    duty_index_ = index;
    duty_ = &data_.policy.cadence.duties[index];
    DutyDays days(data_, *duty_, book_);
    std::vector<std::uint32_t> of_school;
    if (duty_->target == DutyFor::school) of_school = world_.log.of_kinds(duty_->satisfied);
    const auto streams = streams_of(world_, *duty_);
    for (std::size_t place = 0; place < streams.size(); ++place) {
      const DutyStream& stream = streams[place];
      std::vector<std::uint32_t> own;
      auto entries = world_.log.of(stream.target);
      if (duty_->target == DutyFor::school) {
        entries = of_school;
      } else if (duty_->target == DutyFor::self) {
        own = world_.log.by(party_of(stream.target));
        entries = own;
      } else if (stream.target.kind == Target::Kind::body) {
        own = of_body(stream.target.index);
        entries = own;
      }
      one_stream({world_, *duty_, stream, days, entries, wanted_}, streams.size() - place);
    }
  }

  /// What names the body, or was done by it.
  [[nodiscard]] std::vector<std::uint32_t> of_body(BodyIndex index) const {
    const Party body{Party::Kind::body, index};
    std::vector<std::uint32_t> entries = world_.log.by(body);
    std::erase_if(entries, [&](std::uint32_t entry) {
      const Interaction& one = data_.log.entries[entry];
      return data_.log.words_of(one).body != index && one.owner != body && one.by != body;
    });
    return entries;
  }

  static Party party_of(const Target& target) {
    const auto kind = target.kind == Target::Kind::staff     ? Party::Kind::staff
                      : target.kind == Target::Kind::student ? Party::Kind::student
                                                             : Party::Kind::body;
    return {kind, target.index};
  }

  /// `left`: how many streams of the duty are still to come, with this one.
  void one_stream(const StreamView& view, std::size_t left) {
    find_windows(view, triggers_, windows_);
    if (windows_.empty()) return;
    make_room(windows_.size(), left);
    const EntryJudge judge(world_, *duty_, view.stream);
    serving_.serve(view, judge, windows_);
    for (StreamWindow& one : windows_) report(view, judge, one);
  }

  /// The streams of a duty mostly owe as many windows each. Growing step by step would copy, and touch, twice the memory.
  void make_room(std::size_t windows, std::size_t streams) {
    auto& items = answer_.items;
    if (items.capacity() - items.size() >= windows) return;
    items.reserve(std::max(items.size() + windows * streams, items.size() * 2));
  }

  /// Places of the owers in the answer; windows in a row mostly have the same.
  std::uint32_t place_of(const std::vector<Ower>& owers) {
    if (!answer_.items.empty() && std::ranges::equal(answer_.owers_of(answer_.items.back()), owers)) return answer_.items.back().first_ower;
    const auto first = static_cast<std::uint32_t>(answer_.owers.size());
    answer_.owers.insert(answer_.owers.end(), owers.begin(), owers.end());
    return first;
  }

  void report(const StreamView& view, const EntryJudge& judge, StreamWindow& one) {
    if (one.window.due < wanted_.from || one.window.first > wanted_.until) return;
    if (one.event && is_of_later_term(one) && one.served >= one.owed) return;  // it counts in its own term
    Obligation made{.duty = duty_index_,
                    .target = view.stream.target,
                    .first_ower = place_of(one.window.owers),
                    .ower_count = static_cast<std::uint32_t>(one.window.owers.size()),
                    .first = one.window.first,
                    .last = one.window.last,
                    .due = one.window.due,
                    .until = one.window.until,
                    .event = one.event,
                    .exam = one.exam,
                    .waiver = one.waiver,
                    .never_met = !serving_.has_candidates(),
                    .owed = one.owed,
                    .served = one.served,
                    .above = one.above};
    set_state(made, one);
    if (question_.with_entries) add_entries(view, judge, made, one);
    answer_.items.push_back(made);
  }

  [[nodiscard]] bool is_of_later_term(const StreamWindow& one) const {
    return !data_.calendar.terms.empty() && book_of(data_.calendar, one.term).from > wanted_.until;
  }

  void set_state(Obligation& made, const StreamWindow& one) const {
    const DayCount& open = one.group->open;
    if (made.served >= made.owed) {
      made.state = one.late ? ObligationState::done_late : ObligationState::done;
      made.waiver = Waiver::none;
    } else if (today_ < made.first) {
      made.state = ObligationState::not_yet;
    } else if (one.waiver != Waiver::none) {
      made.state = ObligationState::waived;
    } else if (today_ <= made.due) {
      made.state =
          is_soon(data_, today_, made.due, open.between(today_ + one_day, made.due)) ? ObligationState::due_soon : ObligationState::due;
    } else if (today_ > one.overdue_until) {
      made.state = ObligationState::missed;
    } else {
      made.overdue_days = open.between(made.due + one_day, today_);
      made.state = made.overdue_days == 0 ? ObligationState::due_soon : ObligationState::overdue;
    }
  }

  void add_entries(const StreamView& view, const EntryJudge& judge, Obligation& made, StreamWindow& one) {
    made.first_entry = static_cast<std::uint32_t>(answer_.entries.size());
    std::ranges::sort(one.counted);
    one.counted.erase(std::unique(one.counted.begin(), one.counted.end()), one.counted.end());  // one entry may reach several recipients
    for (const auto entry : view.entries) {
      const Interaction& each = data_.log.entries[entry];
      if (std::ranges::binary_search(one.counted, entry)) {
        const bool late = each.date > made.due && !duty_->average;
        answer_.entries.push_back({entry, late ? EntryVerdict::counted_late : EntryVerdict::counted});
      } else if (made.first <= each.date && each.date <= std::min(made.until, today_)) {
        answer_.entries.push_back({entry, why_not(view, judge, each, entry, one)});
      }
    }
    made.entry_count = static_cast<std::uint32_t>(answer_.entries.size()) - made.first_entry;
  }

  [[nodiscard]] EntryVerdict why_not(const StreamView& view, const EntryJudge& judge, const Interaction& entry, std::uint32_t index,
                                     const StreamWindow& one) const {
    if (const auto verdict = judge.refused(entry)) return *verdict;
    if (!judge.by_right_person(entry, one.window)) {
      return entry.date > view.stream.presence.until ? EntryVerdict::after_end : EntryVerdict::somebody_else;
    }
    const bool elsewhere = std::ranges::any_of(
        windows_, [&](const StreamWindow& other) { return std::ranges::find(other.counted, index) != other.counted.end(); });
    return elsewhere ? EntryVerdict::other_window : EntryVerdict::not_needed;
  }

  const Dataset& data_;
  const ObligationQuestion& question_;
  Date today_;
  Period wanted_;
  SchoolDayBook book_;
  DutyWorld world_;
  Triggers triggers_;
  Serving serving_;
  Obligations answer_;

  std::uint32_t duty_index_ = 0;
  const Duty* duty_ = nullptr;
  std::vector<StreamWindow> windows_;
};

}  // namespace

Obligations obligations(const Dataset& data, const ObligationQuestion& question) { return Engine(data, question).run(); }

}  // namespace help
