// Returning from a function further out, whose callees are left where they are: as by longjmp(3), to where it would return.
#ifndef SANDERLING_ZYGOTE_EARLY_RETURN_H
#define SANDERLING_ZYGOTE_EARLY_RETURN_H

#include <stdbool.h>
#include <stdint.h>

// Finds what that needs; false where it is not there. To be called first.
bool find_unwinder(void);

// Has the innermost call of the function that begins at an address return 0; returns itself where there is none. x86-64.
void return_early_from(uintptr_t function);

#endif
