# SPDX-License-Identifier: MIT
# The desktop program, driven through AT-SPI on a display of its own. The system's python has the bindings.
find_program(SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SYSTEM_PYTHON)
  foreach(GUI_TEST walk names pages keyboard sorting devices restore backups wizard probing)
    add_test(NAME gui_${GUI_TEST} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/run_gui_test.sh 240 ${SYSTEM_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/gui_${GUI_TEST}.py
                                          $<TARGET_FILE:mainstay> $<TARGET_FILE:mainstay-cli>)
    set_tests_properties(gui_${GUI_TEST} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 RUN_SERIAL TRUE)
  endforeach()
endif()
