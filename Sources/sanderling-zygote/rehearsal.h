// What a copy writes on its way out.
//
// A page that a copy writes to is copied first, which takes longer than all else that ending an interpreter does. So one
// copy ends at once, without a program, and tells which pages it wrote to; the others have those copied while they wait.
#ifndef SANDERLING_ZYGOTE_REHEARSAL_H
#define SANDERLING_ZYGOTE_REHEARSAL_H

#include <stdbool.h>
#include <stddef.h>

// The launcher's /proc, which is there until the rehearsal is over: ZygotePlan.processes.
enum { PROCESSES = 4 };

// Has a copy end as it would without a program; true in the copy, which goes on. `control` is what it must not keep open.
bool rehearse(int control);

// How much of the zygote's memory each copy takes as its own before it has a program.
size_t rehearsed_bytes(void);

// Takes a copy of the pages that will be written to. Where the kernel is older than 5.14, they are copied when they are.
void copy_rehearsed_pages(void);

#endif
