#define _GNU_SOURCE

#include "libraries.h"

#include <link.h>
#include <stddef.h>
#include <string.h>

// Parts of the standard library, in lib-dynload, of whose objects none acts when it is let go of, or shows that by a finalizer.
static const char *const inert_extensions[] = {
    "_bz2",   "_contextvars", "_crypt", "_decimal", "_hashlib",  "_json",  "_lzma",    "_opcode",
    "_queue", "_typing",      "_uuid",  "_zoneinfo", "resource", "termios",
};

static bool is_inert_extension(const char *path, const char *name, const char *tag) {
    if (!strstr(path, "/lib-dynload/")) return false;
    for (size_t index = 0; index < sizeof inert_extensions / sizeof *inert_extensions; index++) {
        const char *inert = inert_extensions[index];
        if (strlen(inert) == (size_t)(tag - name) && strncmp(inert, name, (size_t)(tag - name)) == 0) return true;
    }
    return false;
}

// Whether nothing of a library acts when Python lets go of it: one of those, or none that is Python's.
static bool is_inert(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return true;
    const char *tag = strstr(slash, ".cpython-");
    if (tag) return is_inert_extension(path, slash + 1, tag);
    return strncmp(path, "/lib/x86_64-linux-gnu/", 22) == 0 || strncmp(path, "/usr/lib/x86_64-linux-gnu/", 26) == 0;
}

// How many there were before the program, and how often one had been loaded and let go of; new ones come after the others.
static struct {
    size_t count;
    unsigned long long loads, unloads;
} libraries;

static int count_library(struct dl_phdr_info *library, size_t size, void *unused) {
    (void)size, (void)unused;
    libraries.count++;
    libraries.loads = library->dlpi_adds;
    libraries.unloads = library->dlpi_subs;
    return 0;
}

enum { NONE_IS_NEW = 1, ONE_MAY_ACT };

static int look_at_library(struct dl_phdr_info *library, size_t size, void *index) {
    (void)size;
    if (library->dlpi_subs != libraries.unloads) return ONE_MAY_ACT;
    if (library->dlpi_adds == libraries.loads) return NONE_IS_NEW;
    bool is_new = (*(size_t *)index)++ >= libraries.count;
    return is_new && !is_inert(library->dlpi_name) ? ONE_MAY_ACT : 0;
}

void note_libraries(void) { dl_iterate_phdr(count_library, NULL); }

bool have_libraries_that_may_act(void) {
    size_t index = 0;
    return dl_iterate_phdr(look_at_library, &index) == ONE_MAY_ACT;
}
