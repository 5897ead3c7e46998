# SPDX-License-Identifier: MIT
# cmake --install and cpack. Schemas and message catalogues lie in the program; both are installed as well: the schemas for editors, the
# catalogues where translators and packagers look for them.
include(GNUInstallDirs)
set(share ${CMAKE_INSTALL_DATADIR}/helpctl)

# bash, fish and PowerShell have a `help` of their own: the program's sure name is helpctl, and help is a link to it.
install(PROGRAMS $<TARGET_FILE:helpctl> DESTINATION ${CMAKE_INSTALL_BINDIR} RENAME helpctl)
install(CODE "execute_process(COMMAND ${CMAKE_COMMAND} -E create_symlink helpctl \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/help\" COMMAND_ERROR_IS_FATAL ANY)")
install(DIRECTORY schemas/ DESTINATION ${share}/schemas FILES_MATCHING PATTERN "*.json" PATTERN "README.md")
foreach(catalogue IN LISTS HELP_CATALOGUES)
  get_filename_component(language ${catalogue} NAME_WE)
  install(FILES ${catalogue} DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/${language}/LC_MESSAGES RENAME helpctl.mo)
endforeach()
install(DIRECTORY examples/policies examples/import DESTINATION ${share})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/helpctl RENAME copyright)
install(FILES README.md README.zh-CN.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/helpctl)

find_program(HELP2MAN help2man)
if(HELP2MAN)
  set(man_page ${CMAKE_CURRENT_BINARY_DIR}/helpctl.1)
  add_custom_command(OUTPUT ${man_page}
    COMMAND ${CMAKE_COMMAND} -E env HELP_LANG=en ${HELP2MAN} --no-info --locale=C.UTF-8 "--version-string=helpctl ${PROJECT_VERSION}" --name "${PROJECT_DESCRIPTION}" --include=${CMAKE_CURRENT_SOURCE_DIR}/src/helpctl.h2m
      --output=${man_page} $<TARGET_FILE:helpctl>
    DEPENDS helpctl ${CMAKE_CURRENT_SOURCE_DIR}/src/helpctl.h2m VERBATIM)
  add_custom_target(man_page ALL DEPENDS ${man_page})
  install(FILES ${man_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
else()
  message(STATUS "Without help2man (on Debian: apt-get install help2man) there is no manual page.")
endif()

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME helpctl)
set(CPACK_PACKAGE_VENDOR "the help authors")
# Who packages for others names himself: cmake -DCPACK_PACKAGE_CONTACT="Name <address>".
set(CPACK_PACKAGE_CONTACT "the help authors <help@localhost>" CACHE STRING "Maintainer of the packages")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "see which students struggle, and that somebody cares")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS git)
if(NOT HELP_STATIC)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)
