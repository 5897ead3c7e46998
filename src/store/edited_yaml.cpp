// SPDX-License-Identifier: MIT
#include "store/edited_yaml.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "store/fields.hpp"
#include "store/text_lines.hpp"
#include "store/yaml_text.hpp"

namespace help {
namespace {

constexpr std::size_t no_place = std::string_view::npos;

/// One past the bracket that closes the one at `at`.
std::size_t end_of_brackets(std::string_view source, std::size_t at) {
  int open = 0;
  for (; at < source.size(); ++at) {
    const char sign = source[at];
    // Inside brackets a quote opens a text only where a value may begin.
    const bool may_open =
        source[at - 1] == ' ' || source[at - 1] == '[' || source[at - 1] == '{' || source[at - 1] == ',' || source[at - 1] == ':';
    if ((sign == '"' || sign == '\'') && may_open) {
      at = end_of_quoted(source, at);
      if (at == no_place) return no_place;
      --at;
    } else if (sign == '[' || sign == '{') {
      ++open;
    } else if ((sign == ']' || sign == '}') && --open == 0) {
      return at + 1;
    }
  }
  return no_place;
}

/// One past the last byte of a value that begins at `at` and ends on its line.
std::size_t end_of_value(std::string_view source, std::size_t at) {
  const char sign = source[at];
  if (sign == '"' || sign == '\'') return end_of_quoted(source, at);
  if (sign == '[' || sign == '{') return end_of_brackets(source, at);
  if (sign == '|' || sign == '>') return no_place;
  const std::size_t line = line_end(source, at);
  std::size_t end = std::min(source.find(" #", at), line);
  while (end > at && (source[end - 1] == ' ' || source[end - 1] == '\r')) --end;
  return end;
}

/// Everything that a value says.
std::string all_of(const Value& value) {
  std::string all;
  for (std::uint32_t at = value.index(); at < value.node().next; ++at) {
    const Node& node = value.tree().nodes[at];
    all +=
        std::to_string(static_cast<int>(node.kind)) + ":" + std::to_string(node.next - at) + ":" + std::to_string(node.text.size()) + ":";
    all += node.text;
  }
  return all;
}

/// Everything that a mapping says but for a key, or for a key of the mapping under it.
std::string all_beside(const std::optional<Value>& mapping, std::string_view outer, std::string_view inner) {
  std::string all;
  if (!mapping) return all;
  for (const auto [key, value] : entries_of(*mapping)) {
    if (key.text() != outer) {
      all += all_of(key) + all_of(value);
    } else if (!inner.empty() && value.is_mapping()) {
      all += all_beside(value, inner, {});
    }
  }
  return all;
}

/// Whether a comment may stand in these lines; ` #` inside a text is taken for one, too.
bool may_hold_comment(std::string_view lines) {
  return std::ranges::any_of(lines_of(lines), [](std::string_view line) {
    const std::size_t first = line.find_first_not_of(' ');
    return line.find(" #") != no_place || (first != no_place && line[first] == '#');
  });
}

}  // namespace

bool EditedYaml::read(std::string bytes) {
  for (const std::string_view line : lines_of(bytes)) {
    if (!end_of(line).empty()) line_end_ = end_of(line);
  }
  bytes_ = std::move(bytes);
  return parse();
}

bool EditedYaml::parse() {
  Diagnostics problems;
  tree_.clear();
  const bool is_read = check_bytes({}, bytes_, problems) && read_yaml({}, bytes_, tree_, problems);
  const bool is_lines =
      tree_.nodes.empty() || tree_.nodes[0].kind == NodeKind::null || (tree_.nodes[0].kind == NodeKind::mapping && !tree_.nodes[0].flow);
  return is_read && is_lines && !has_error(problems);
}

bool EditedYaml::take(std::string bytes, std::string_view outer, std::string_view inner) {
  const std::string before = all_beside(root(), outer, inner);
  std::swap(bytes_, bytes);
  if (parse() && all_beside(root(), outer, inner) == before) return true;
  std::swap(bytes_, bytes);
  (void)parse();
  return false;
}

std::optional<Value> EditedYaml::root() const {
  if (tree_.nodes.empty() || tree_.nodes[0].kind != NodeKind::mapping) return std::nullopt;
  return Value(tree_, 0);
}

std::size_t EditedYaml::end_without_comments(std::size_t begin, std::size_t end) const {
  std::size_t kept = begin;
  std::size_t at = begin;
  for (const std::string_view line : lines_of(std::string_view(bytes_).substr(begin, end - begin))) {
    at += line.size();
    if (!is_blank_or_comment(line)) kept = at;
  }
  return kept;
}

std::optional<EditedYaml::Place> EditedYaml::find_place(const Value& mapping, std::size_t until, std::string_view key) const {
  std::optional<Place> found;
  for (const auto [name, value] : entries_of(mapping)) {
    const std::size_t begin = line_start(bytes_, name.node().offset);
    if (found) {
      found->end = end_without_comments(found->begin, begin);
      return found;
    }
    if (name.text() == key) found = Place{.key = name, .value = value, .begin = begin, .end = until};
  }
  if (found) found->end = end_without_comments(found->begin, until);
  return found;
}

std::string EditedYaml::with_lines(std::size_t at, std::string_view lines) const {
  std::string made = bytes_.substr(0, at);
  if (!made.empty() && !made.ends_with('\n')) made += line_end_;
  return made.append(lines).append(bytes_, at);
}

bool EditedYaml::replace_value(const Place& place, std::string_view value, std::string_view outer, std::string_view inner) {
  const std::string_view source = bytes_;
  const std::string_view lines = source.substr(place.begin, place.end - place.begin);
  const Node& key = place.key.node();
  const std::size_t behind_key = key.kind == NodeKind::quoted ? end_of_quoted(source, key.offset) : key.offset + key.text.size();
  const std::size_t colon = behind_key == no_place ? no_place : source.find(':', behind_key);
  if (colon == no_place) return false;
  const bool is_one_line = without_end(lines).find('\n') == no_place;
  std::size_t end = colon + 1;
  if (is_one_line) {
    const std::size_t first = source.find_first_not_of(' ', end);
    if (first < place.begin + without_end(lines).size() && source[first] != '#') end = end_of_value(source, first);
  } else {
    if (may_hold_comment(lines)) return false;
    end = place.begin + without_end(lines).size();
  }
  if (end == no_place || end > place.end) return false;
  return take(std::string(source.substr(0, colon + 1)) + " " + std::string(value) + std::string(source.substr(end)), outer, inner);
}

std::size_t EditedYaml::place_of_key(const Value& mapping, std::size_t until, std::string_view key,
                                     std::span<const std::string_view> order) const {
  const auto rank = [&](std::string_view one) { return std::ranges::find(order, one) - order.begin(); };
  std::optional<Place> before;
  for (const auto [name, value] : entries_of(mapping)) {
    if (rank(name.text()) < rank(key)) before = find_place(mapping, until, name.text());
  }
  if (before) return before->end;
  // In front of the first key, unless comments there are about it.
  const std::size_t first = line_start(bytes_, mapping.first().node().offset);
  const std::string_view above = first == 0 ? std::string_view() : std::string_view(bytes_).substr(line_start(bytes_, first - 1), first);
  const bool is_of_key = above.find('#') < above.find('\n') && !above.starts_with("# yaml-language-server:");
  return is_of_key ? end_without_comments(first, until) : first;
}

bool EditedYaml::set(std::string_view key, std::string_view value, std::span<const std::string_view> order) {
  const auto whole = root();
  const auto place = whole ? find_place(*whole, bytes_.size(), key) : std::nullopt;
  if (place) return replace_value(*place, value, key, {});
  const std::string line = std::string(key) + ": " + std::string(value) + line_end_;
  return take(with_lines(whole ? place_of_key(*whole, bytes_.size(), key, order) : bytes_.size(), line), key, {});
}

bool EditedYaml::set_inner(std::string_view outer, std::string_view key, std::string_view value, std::string_view whole,
                           std::span<const std::string_view> order) {
  const auto top = root();
  const auto place = top ? find_place(*top, bytes_.size(), outer) : std::nullopt;
  if (!place || place->value.node().flow || !place->value.is_mapping()) return set(outer, whole, order);
  if (const auto inner = find_place(place->value, place->end, key)) return replace_value(*inner, value, outer, key);
  const std::size_t first = place->value.first().node().offset;
  const std::string indent(first - line_start(bytes_, first), ' ');
  const std::string line = indent + std::string(key) + ": " + std::string(value) + line_end_;
  return take(with_lines(place_of_key(place->value, place->end, key, order), line), outer, key);
}

bool EditedYaml::append(std::string_view key, std::string_view item, std::span<const std::string_view> order) {
  const auto top = root();
  const auto place = top ? find_place(*top, bytes_.size(), key) : std::nullopt;
  if (!place || place->value.is_null()) return set(key, "[" + std::string(item) + "]", order);
  if (!place->value.is_sequence()) return false;
  const Node& list = place->value.node();
  if (list.flow) {
    const std::size_t end = end_of_brackets(bytes_, list.offset);
    if (end == no_place || bytes_.find('\n', list.offset) < end) return false;
    const std::size_t last = bytes_.find_last_not_of(' ', end - 2);
    const bool is_empty = last == list.offset;
    if (bytes_[last] == ',') return false;
    return take(bytes_.substr(0, last + 1) + (is_empty ? "" : ", ") + std::string(item) + bytes_.substr(last + 1), key, {});
  }
  const std::size_t line = line_start(bytes_, place->value.first().node().offset);
  const std::size_t dash = bytes_.find_first_not_of(' ', line);
  if (dash == no_place || bytes_[dash] != '-') return false;
  return take(with_lines(place->end, std::string(dash - line, ' ') + "- " + std::string(item) + line_end_), key, {});
}

}  // namespace help
