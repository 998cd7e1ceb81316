#define _GNU_SOURCE

#include "early-return.h"

#ifdef __x86_64__

#include <dlfcn.h>
#include <string.h>
#include <ucontext.h>
#include <unwind.h>

// Of libgcc_s.so.1, which comes with the C library.
#define EACH_FUNCTION(USE)      \
    USE(_Unwind_Backtrace)      \
    USE(_Unwind_GetRegionStart) \
    USE(_Unwind_GetIP)          \
    USE(_Unwind_GetCFA)         \
    USE(_Unwind_GetGR)

// Called `the_NAME`, as their declarations are there.
#define DECLARE(name) static __typeof__(&name) the_##name;
EACH_FUNCTION(DECLARE)

static bool find(void *library, const char *name, void *into) {
    void *found = dlsym(library, name);
    memcpy(into, &found, sizeof found);
    return found;
}

bool find_unwinder(void) {
#define FIND(name) && find(library, #name, &the_##name)
    void *library = dlopen("libgcc_s.so.1", RTLD_NOW | RTLD_LOCAL);
    return library EACH_FUNCTION(FIND);
}

struct way_out {
    uintptr_t function;
    // Whether the next frame is the one that called it.
    bool is_next;
    ucontext_t context;
};

// Notes where the innermost call of the function returns to, with the registers that a function keeps for its caller.
static _Unwind_Reason_Code look_for_way_out(struct _Unwind_Context *frame, void *into) {
    struct way_out *way = into;
    if (!way->is_next) {
        way->is_next = the__Unwind_GetRegionStart(frame) == way->function;
        return _URC_NO_REASON;
    }
    // By their numbers in the System V ABI.
    static const struct {
        int number, place;
    } kept[] = {{3, REG_RBX}, {6, REG_RBP}, {12, REG_R12}, {13, REG_R13}, {14, REG_R14}, {15, REG_R15}};
    greg_t *registers = way->context.uc_mcontext.gregs;
    for (size_t index = 0; index < sizeof kept / sizeof *kept; index++)
        registers[kept[index].place] = (greg_t)the__Unwind_GetGR(frame, kept[index].number);
    registers[REG_RSP] = (greg_t)the__Unwind_GetCFA(frame);
    registers[REG_RIP] = (greg_t)the__Unwind_GetIP(frame);
    return _URC_NORMAL_STOP;
}

void return_early_from(uintptr_t function) {
    struct way_out way = {.function = function};
    if (getcontext(&way.context) != 0) return;
    way.context.uc_mcontext.gregs[REG_RIP] = 0;
    the__Unwind_Backtrace(look_for_way_out, &way);
    // setcontext(3) leaves 0 where a function leaves its result.
    if (way.context.uc_mcontext.gregs[REG_RIP]) setcontext(&way.context);
}

#endif
