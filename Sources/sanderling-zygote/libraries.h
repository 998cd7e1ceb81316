// The shared objects that a Python program has loaded, and whether any of them is known to do nothing when Python lets go of it.
#ifndef SANDERLING_ZYGOTE_LIBRARIES_H
#define SANDERLING_ZYGOTE_LIBRARIES_H

#include <stdbool.h>

// Looks at what there is before the program.
void note_libraries(void);

// Whether one has come, or gone, since then of which that is not known.
bool have_libraries_that_may_act(void);

#endif
