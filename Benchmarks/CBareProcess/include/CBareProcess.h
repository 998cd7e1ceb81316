#ifndef C_BARE_PROCESS_H
#define C_BARE_PROCESS_H

// What Sanderling is compared with: a program started without any isolation. In C, because `import Glibc` offers neither
// pipe2(2) nor the means to keep a pipe out of programs that other threads start meanwhile.

#include <stddef.h>
#include <sys/types.h>

/// Starts `arguments[0]`, reads its standard output to the end, waits for it, and says what wait(2) said, or -errno.
/// Uses posix_spawn(3), which is cheaper than fork and exec: the harder baseline.
int bare_run(char *const arguments[], const char *directory, char *output, size_t capacity, size_t *length);

/// Starts `arguments[0]` and lets it run; its id, or -errno.
pid_t bare_start(char *const arguments[]);

/// Starts `arguments[0]` with pipes at its standard input and output, of which it leaves the other ends; its id, or -errno.
pid_t bare_serve(char *const arguments[], int *input, int *output);

/// Ends with a signal, and reaps, what `bare_start` or `bare_serve` started.
void bare_stop(pid_t process, int signal);

#endif
