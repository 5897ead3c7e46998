# What is not found is named with the Debian package that brings it; all missing ones in one configure run.

macro(help_find package debian)
  find_package(${package} QUIET)
  if(NOT ${package}_FOUND)
    message(SEND_ERROR "${package} was not found. On Debian: apt-get install ${debian}")
  endif()
endmacro()

# For libraries without a CMake package: makes the target `library`.
function(help_find_library variable header library debian)
  find_path(${variable}_INCLUDE ${header})
  find_library(${variable}_LIBRARY ${library})
  if(NOT ${variable}_INCLUDE OR NOT ${variable}_LIBRARY)
    message(SEND_ERROR "${library} was not found. On Debian: apt-get install ${debian}")
  endif()
endfunction()

function(help_find_file variable path debian)
  get_filename_component(folder ${path} DIRECTORY)
  get_filename_component(name ${path} NAME)
  find_file(${variable} ${name} PATHS ${folder})
  if(NOT ${variable})
    message(SEND_ERROR "${path} was not found. On Debian: apt-get install ${debian}")
  endif()
endfunction()

function(help_find_program variable program debian)
  find_program(${variable} ${program})
  if(NOT ${variable})
    message(SEND_ERROR "The program ${program} was not found. On Debian: apt-get install ${debian}")
  endif()
endfunction()
