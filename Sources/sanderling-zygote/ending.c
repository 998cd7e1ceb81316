#define _GNU_SOURCE

#include "early-return.h"
#include "ending.h"
#include "libraries.h"

#ifdef __x86_64__

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// MARK: CPython: functions that it exports, and what is read of its memory; Include/internal of 3.11

struct object {
    intptr_t references;
    struct object *type;
};

// PyVarObject
struct sized_object {
    struct object base;
    intptr_t size;
};

// PyListObject
struct list {
    struct sized_object base;
    struct object **items;
};

// PyCFunctionObject
struct native_function {
    struct object base;
    const void *definition;
};

// PyWeakReference
struct weak_reference {
    struct object base;
    struct object *referent, *callback;
};

// PyGC_Head: what stands before every object that the collector knows.
struct gc_head {
    uintptr_t next, previous;
};

struct gc_generation {
    struct gc_head head;
    int threshold, count;
};

// struct _gc_runtime_state, but for its beginning and its end.
struct gc_state {
    int trash_nesting, enabled, debug;
    struct gc_generation generations[3];
    struct gc_head *first;
    struct gc_generation permanent;
    intptr_t statistics[3][3];
    int is_collecting;
    struct object *garbage, *callbacks;
};

// Include/typeslots.h, Include/object.h
enum { SLOT_DEL = 53, SLOT_FINALIZE = 80, TYPE_HAS_GC = 1 << 14 };

#define EACH_FUNCTION(USE)                                                                        \
    USE(const char *, Py_GetVersion, (void))                                                      \
    USE(int, Py_IsInitialized, (void))                                                            \
    USE(int, Py_FinalizeEx, (void))                                                               \
    USE(int, PyGILState_Ensure, (void))                                                           \
    USE(void, PyGILState_Release, (int))                                                          \
    USE(int, PyGC_IsEnabled, (void))                                                              \
    USE(struct object *, PyImport_GetModuleDict, (void))                                          \
    USE(struct object *, PySys_GetObject, (const char *))                                         \
    USE(struct object *, PyObject_CallMethod, (struct object *, const char *, const char *, ...)) \
    USE(struct object *, PyObject_CallFunctionObjArgs, (struct object *, ...))                    \
    USE(void, Py_DecRef, (struct object *))                                                       \
    USE(void, PyErr_Clear, (void))                                                                \
    USE(void *, PyInterpreterState_Head, (void))                                                  \
    USE(void *, PyInterpreterState_Next, (void *))                                                \
    USE(void *, PyInterpreterState_ThreadHead, (void *))                                          \
    USE(void *, PyThreadState_Next, (void *))                                                     \
    USE(void *, PyType_GetSlot, (struct object *, int))                                           \
    USE(unsigned long, PyType_GetFlags, (struct object *))                                        \
    USE(struct object **, _PyObject_GetDictPtr, (struct object *))                                \
    USE(intptr_t, PyDict_Size, (struct object *))                                                 \
    USE(int, PyType_IsSubtype, (struct object *, struct object *))

#define EACH_TYPE(USE)            \
    USE(PyType_Type)              \
    USE(PyList_Type)              \
    USE(PyCFunction_Type)         \
    USE(_PyWeakref_RefType)       \
    USE(_PyWeakref_ProxyType)     \
    USE(_PyWeakref_CallableProxyType)

#define DECLARE_FUNCTION(result, name, parameters) static result(*the_##name) parameters;
EACH_FUNCTION(DECLARE_FUNCTION)
#define DECLARE_TYPE(name) static struct object *the_##name;
EACH_TYPE(DECLARE_TYPE)

static bool find(const char *name, void *into) {
    void *found = dlsym(RTLD_DEFAULT, name);
    memcpy(into, &found, sizeof found);
    return found;
}

static bool find_interpreter(void) {
#define FIND_FUNCTION(result, name, parameters) && find(#name, &the_##name)
#define FIND_TYPE(name) && find(#name, &the_##name)
    return true EACH_FUNCTION(FIND_FUNCTION) EACH_TYPE(FIND_TYPE) && strncmp(the_Py_GetVersion(), "3.11.", 5) == 0;
}

// MARK: The garbage collector

static struct gc_state *collector;

static bool is_empty_list(const struct object *object) {
    return object && object->type == the_PyList_Type && ((const struct sized_object *)object)->size == 0;
}

// Whether nobody is told of what it does: gc.set_debug, gc.callbacks, gc.garbage.
static bool collects_in_silence(const struct gc_state *state) {
    return state->debug == 0 && is_empty_list(state->garbage) && is_empty_list(state->callbacks);
}

// Whether this is the collector's state: it names its own first list, and what stands around that is as it has to be.
static bool is_collector(const struct gc_state *state) {
    if (state->first != &state->generations[0].head || state->enabled != the_PyGC_IsEnabled()) return false;
    for (size_t generation = 0; generation < 3; generation++) {
        const struct gc_head *head = &state->generations[generation].head;
        if (!head->next || ((const struct gc_head *)head->next)->previous != (uintptr_t)head) return false;
    }
    return !state->is_collecting && collects_in_silence(state);
}

// Finds that by an object that the collector knows, as its lists are rings.
static bool find_collector(void) {
    struct gc_head *some = (struct gc_head *)the_PyImport_GetModuleDict() - 1;
    struct gc_head *each = some;
    do {
        for (size_t generation = 0; generation < 3; generation++) {
            char *first = (char *)((struct gc_generation *)each - generation);
            struct gc_state *state = (struct gc_state *)(first - offsetof(struct gc_state, generations));
            if (!is_collector(state)) continue;
            collector = state;
            return true;
        }
        each = (struct gc_head *)each->next;
    } while (each && each != some);
    return false;
}

// MARK: Audit hooks, which are told that the interpreter is taken apart; sys.addaudithook

enum { INTERPRETER_WORDS = 1024 };
// Where the interpreter's state has the list of them, in words.
static size_t hooks_place;

// Adds a hook, in a process that ends then, and says where the interpreter's state has changed.
static void report_hooks_place(struct object **state, int report) {
    static struct object *before[INTERPRETER_WORDS];
    memcpy(before, state, sizeof before);
    struct object *hook = the_PySys_GetObject("getrefcount");
    the_PyObject_CallFunctionObjArgs(the_PySys_GetObject("addaudithook"), hook, NULL);
    for (size_t place = 0; place < INTERPRETER_WORDS; place++) {
        const struct object *now = state[place];
        if (before[place] || (uintptr_t)now < 1 << 16 || (uintptr_t)now % sizeof now != 0) continue;
        if (now->type != the_PyList_Type) continue;
        const struct list *list = (const struct list *)now;
        if (list->base.size == 1 && list->items[0] == hook) _exit(write(report, &place, sizeof place) < 0);
    }
    _exit(1);
}

static bool find_hooks(void) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return false;
    pid_t child = fork();
    if (child == 0) report_hooks_place(the_PyInterpreterState_Head(), ends[1]);
    close(ends[1]);
    bool is_found = read(ends[0], &hooks_place, sizeof hooks_place) == sizeof hooks_place;
    close(ends[0]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    return is_found;
}

static bool has_hooks(struct object *const *interpreter) { return interpreter[hooks_place]; }

// MARK: What acts when it is let go of

struct actor {
    struct object *object, *type, *callback;
    intptr_t finalizes;
    // Of a class, with everything that is of it.
    intptr_t references;
    // Attributes of its own, which may take the place of methods that are called at its end.
    intptr_t attributes;
};

// What the interpreter had of that before its program: its streams, and what the library of abstract classes keeps.
static struct actor known[256];
static size_t known_count;

static const void *definition(const struct object *function) {
    if (!function || function->type != the_PyCFunction_Type) return NULL;
    return ((const struct native_function *)function)->definition;
}

static bool is_known(const struct actor *actor) {
    const void *callback = actor->finalizes ? NULL : definition(actor->callback);
    for (size_t index = 0; index < known_count; index++) {
        if (memcmp(&known[index], actor, sizeof *actor) == 0) return true;
        // An abstract class that a program has asked about its own classes keeps more of them.
        if (callback && definition(known[index].callback) == callback) return true;
    }
    return false;
}

static bool become_known(const struct actor *actor) {
    if (known_count == sizeof known / sizeof *known) return false;
    known[known_count++] = *actor;
    return true;
}

static bool finalizes(struct object *type) {
    return the_PyType_GetSlot(type, SLOT_FINALIZE) || the_PyType_GetSlot(type, SLOT_DEL);
}

// What has been asked of a type during one look at all objects; most are of a few.
static struct kind {
    struct object *type;
    bool finalizes, is_weak_reference, is_metatype;
} kinds[256];

static const struct kind *kind_of(struct object *type) {
    struct kind *kind = &kinds[((uintptr_t)type >> 4 ^ (uintptr_t)type >> 12) % (sizeof kinds / sizeof *kinds)];
    if (kind->type == type) return kind;
    *kind = (struct kind){
        .type = type,
        .finalizes = finalizes(type),
        .is_weak_reference = the_PyType_IsSubtype(type, the__PyWeakref_RefType)
            || the_PyType_IsSubtype(type, the__PyWeakref_ProxyType)
            || the_PyType_IsSubtype(type, the__PyWeakref_CallableProxyType),
        .is_metatype = the_PyType_IsSubtype(type, the_PyType_Type),
    };
    return kind;
}

static intptr_t count_attributes(struct object *object) {
    struct object **attributes = the__PyObject_GetDictPtr(object);
    return attributes && *attributes ? the_PyDict_Size(*attributes) : 0;
}

// Whether an object acts when it is let go of, or is a class of such objects which the collector does not know.
static bool may_act(struct object *object, struct actor *as) {
    const struct kind *kind = kind_of(object->type);
    struct object *callback = kind->is_weak_reference ? ((struct weak_reference *)object)->callback : NULL;
    *as = (struct actor){.object = object, .type = object->type, .callback = callback, .finalizes = kind->finalizes};
    if (kind->finalizes) as->attributes = count_attributes(object);
    if (kind->finalizes || callback) return true;
    if (!kind->is_metatype || the_PyType_GetFlags(object) & TYPE_HAS_GC || !finalizes(object)) return false;
    as->references = object->references;
    return true;
}

// Whether `holds` is true of all that may act.
static bool all_that_may_act(bool (*holds)(const struct actor *)) {
    const struct gc_head *lists[] = {
        &collector->generations[0].head,
        &collector->generations[1].head,
        &collector->generations[2].head,
        &collector->permanent.head,
    };
    // Since the last look, a class may have been given a method, or another be where it was.
    memset(kinds, 0, sizeof kinds);
    for (size_t index = 0; index < sizeof lists / sizeof *lists; index++) {
        const struct gc_head *head = lists[index], *each = head;
        while ((each = (const struct gc_head *)each->next) != head) {
            struct actor actor;
            if (may_act((struct object *)(each + 1), &actor) && !holds(&actor)) return false;
        }
    }
    return true;
}

// MARK: Before the program

static const char *const stream_names[] = {"stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"};
enum { STREAM_COUNT = sizeof stream_names / sizeof *stream_names, OUTPUT = 1, ERRORS = 2 };
static struct object *streams[STREAM_COUNT];
static bool is_noted;

void note_interpreter(void) {
    if (!find_interpreter() || !find_unwinder()) return;
    int lock = the_PyGILState_Ensure();
    for (size_t index = 0; index < STREAM_COUNT; index++) streams[index] = the_PySys_GetObject(stream_names[index]);
    note_libraries();
    is_noted = streams[OUTPUT] && streams[ERRORS] && find_collector() && all_that_may_act(become_known)
        && find_hooks();
    the_PyGILState_Release(lock);
}

// MARK: After it

// They have just been flushed; where that failed it fails again, which Python tells of.
static bool flushes(struct object *stream) {
    struct object *nothing = the_PyObject_CallMethod(stream, "flush", NULL);
    if (nothing) {
        the_Py_DecRef(nothing);
    } else {
        the_PyErr_Clear();
    }
    return nothing;
}

// Whether all that is left is to give memory back.
static bool is_as_good_as_over(void) {
    void *interpreter = the_PyInterpreterState_Head();
    if (the_PyInterpreterState_Next(interpreter) || has_hooks(interpreter)) return false;
    void *thread = the_PyInterpreterState_ThreadHead(interpreter);
    if (!thread || the_PyThreadState_Next(thread)) return false;
    for (size_t index = 0; index < STREAM_COUNT; index++)
        if (the_PySys_GetObject(stream_names[index]) != streams[index]) return false;
    if (have_libraries_that_may_act()) return false;
    return collects_in_silence(collector) && all_that_may_act(is_known) && flushes(streams[OUTPUT])
        && flushes(streams[ERRORS]);
}

// The call by which CPython goes on from flushing the output to taking itself apart: it gives its handler of SIGINT up.
int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict previous) {
    static __typeof__(&sigaction) real;
    if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, "sigaction");
    int result = real(number, action, previous);
    if (is_noted && action && action->sa_handler == SIG_DFL && !the_Py_IsInitialized()) {
        is_noted = false;
        if (is_as_good_as_over()) return_early_from((uintptr_t)the_Py_FinalizeEx);
    }
    return result;
}

#else

void note_interpreter(void) {}

#endif
