// SPDX-License-Identifier: MIT
#include "model/role_name.hpp"

#include <array>

#include "model/code_name.hpp"

namespace help {
namespace {

constexpr auto common_roles = std::to_array<CodeName>({
    {"class-teacher", later("class teacher")},
    {"subject-teacher", later("subject teacher")},
    {"mentor", later("mentor")},
    {"peer", later("peer")},
    {"helper", later("helper")},
    {"subject-tutor", later("subject tutor")},
    {"seat-mate", later("seat mate")},
    {"group-mate", later("group mate")},
    {"principal", later("principal")},
    {"vice-principal", later("vice principal")},
    {"party-secretary", later("party secretary")},
    {"dean", later("dean")},
    {"teaching-director", later("director of teaching")},
    {"teaching-office", later("teaching office")},
    {"moral-education-director", later("director of moral education")},
    {"moral-education-office", later("office of moral education")},
    {"general-affairs", later("general affairs")},
    {"grade-leader", later("grade leader")},
    {"subject-leader", later("subject leader")},
    {"subject-group", later("subject group")},
    {"research-group", later("teaching-research group")},
    {"leading-group", later("leading group")},
    {"department", later("department")},
    {"department-leader", later("head of department")},
    {"major", later("major")},
    {"office", later("office")},
    {"office-head", later("head of office")},
    {"agency", later("agency")},
    {"family", later("family")},
    {"partnership", later("partnership of students")},
    {"counsellor", later("counsellor")},
    {"student-office-head", later("head of the student office")},
    {"student-cadre", later("student cadre")},
    {"class-committee", later("class committee")},
    {"school-doctor", later("school doctor")},
    {"librarian", later("librarian")},
    {"parents", later("parents")},
});

}  // namespace

Message name_of_role(std::string_view code) { return name_in(common_roles, code); }

std::vector<std::string_view> usual_staff_roles() {
  return {"principal",
          "vice-principal",
          "party-secretary",
          "dean",
          "teaching-director",
          "moral-education-director",
          "general-affairs",
          "grade-leader",
          "subject-leader",
          "department-leader",
          "office-head",
          "counsellor",
          "student-office-head",
          "school-doctor",
          "librarian"};
}

std::vector<std::string_view> usual_roles() {
  std::vector<std::string_view> codes;
  for (const CodeName& role : common_roles) codes.push_back(role.code);
  return codes;
}

}  // namespace help
