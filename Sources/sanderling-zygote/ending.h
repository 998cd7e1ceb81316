// The end of a Python program, cut short where nobody could tell.
//
// CPython takes itself apart object by object when it ends, which takes longer than all else that a small program does: nearly every
// page of a copy is written to for that, and copied first. What a program notices of it is what acts when it is let go of: `__del__`
// methods, generators that are closed, files that are flushed, callbacks of weak references. Where there is nothing of that kind, a
// copy is over as soon as what comes before has been done, which is everything else: waiting for threads, calling what atexit knows,
// flushing the output. What follows would give memory back, which the kernel does as well.
//
// https://docs.python.org/3.11/c-api/init.html#c.Py_FinalizeEx; Python/pylifecycle.c
#ifndef SANDERLING_ZYGOTE_ENDING_H
#define SANDERLING_ZYGOTE_ENDING_H

// Looks at an interpreter that has started, to know later what its program has added.
//
// For CPython 3.11 on x86-64. Any other ends as it does by itself, and so does one whose layout in memory is not as expected.
void note_interpreter(void);

#endif
