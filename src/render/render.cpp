// SPDX-License-Identifier: MIT
#include "render/render.hpp"

namespace help {

std::string render(const Document& document, Format format, const Look& look) {
  switch (format) {
    case Format::json:
      return document_as_json(document, look.catalogue);
    case Format::csv:
      return document_as_csv(document, look);
    case Format::xlsx:
      return document_as_xlsx(document, look.catalogue);
    case Format::markdown:
      return document_as_markdown(document, look.catalogue);
    case Format::ics:
      return document_as_calendar(document, look.catalogue);
    case Format::text:
    case Format::short_lines:
    case Format::github:
      break;
  }
  return document_as_text(document, look);
}

std::string render(const Diagnostics& problems, const Document& document, Format format, const Look& look) {
  switch (format) {
    case Format::json:
      return problems_as_json(problems, document, look.catalogue);
    case Format::short_lines:
      return problems_as_short_lines(problems, look.catalogue);
    case Format::github:
      return problems_as_github(problems, look.catalogue);
    case Format::text:
    case Format::csv:
    case Format::xlsx:
    case Format::markdown:
    case Format::ics:
      break;
  }
  const std::string listed = problems_as_text(problems, look);
  const std::string around = document_as_text(document, look);
  return listed.empty() || around.empty() ? listed + around : listed + "\n" + around;
}

}  // namespace help
