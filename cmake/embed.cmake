# embed_files(OUTPUT FILES...): one C++ source that carries the files' bytes; see core/base/embedded.h.
function(embed_files OUTPUT)
  set(FILES ${ARGN})
  list(SORT FILES)
  add_custom_command(OUTPUT ${OUTPUT}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${OUTPUT} -DROOT=${CMAKE_SOURCE_DIR} "-DFILES=${FILES}" -P ${CMAKE_SOURCE_DIR}/cmake/embed_script.cmake
    DEPENDS ${FILES} ${CMAKE_SOURCE_DIR}/cmake/embed_script.cmake VERBATIM)
endfunction()
