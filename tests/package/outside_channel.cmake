# Installs what channels outside the tree are built with, builds one against it, asks it what every
# channel is asked, and lets a service speak over it. Run by cmake -P with BUILD, SOURCE, WORK.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --component development --prefix ${WORK}/installed)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -G Ninja -DCMAKE_BUILD_TYPE=Release
  -DCMAKE_PREFIX_PATH=${WORK}/installed)
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/line_channel_test)

execute_process(
  COMMAND ${WORK}/build/line_service ${SOURCE}/village
  INPUT_FILE ${SOURCE}/said.txt
  OUTPUT_VARIABLE said
  ERROR_VARIABLE told
  COMMAND_ERROR_IS_FATAL ANY)
foreach(wanted
    "ani: This is the village office. What is it about\\?\nani: \\[[^\n]*\\] Opening hours\nani: \\[[^\n]*\\] A letter\n"
    "ani: We are here from 8 to 3.\n"
    "budi: Please bring your card.\n")
  if(NOT said MATCHES "${wanted}")
    message(FATAL_ERROR "not said: ${wanted}\nbut:\n${said}${told}")
  endif()
endforeach()
if(NOT told STREQUAL "refused: : nobody\n")
  message(FATAL_ERROR "told: ${told}")
endif()
