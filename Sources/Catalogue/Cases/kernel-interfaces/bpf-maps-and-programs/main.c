// The verifier has let kernel memory be read and written a dozen times. The program tried here returns 0 and is never attached.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
#include <linux/bpf.h>
#include <sched.h>

static int breaches;

static void breach(const char *what) {
    printf("BREACH: %s\n", what);
    fflush(stdout);
    breaches = 1;
}

static void refused(const char *what) {
    const char *name = strerrorname_np(errno);
    printf("refused: %s %s\n", name ? name : "E?", what);
    fflush(stdout);
}
int main(void) {
    alarm(15);
    for (int round = 0; round < 2; round++) {
        union bpf_attr map = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};
        if (syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map) >= 0) breach("a map");
        else refused("bpf BPF_MAP_CREATE");
        struct bpf_insn code[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0}, {.code = BPF_JMP | BPF_EXIT}};
        union bpf_attr program = {.prog_type = BPF_PROG_TYPE_SOCKET_FILTER, .insn_cnt = 2,
                                  .insns = (uintptr_t)code, .license = (uintptr_t) "GPL"};
        if (syscall(SYS_bpf, BPF_PROG_LOAD, &program, sizeof program) >= 0) breach("a program");
        else refused("bpf BPF_PROG_LOAD");
        union bpf_attr next = {0};
        if (syscall(SYS_bpf, BPF_MAP_GET_NEXT_ID, &next, sizeof next) == 0) breach("the host's maps");
        else refused("bpf BPF_MAP_GET_NEXT_ID");
        // A type format of one integer, which every kernel with unprivileged bpf takes.
        if (round == 0 && unshare(CLONE_NEWUSER) != 0) refused("unshare");
    }
    if (unshare(CLONE_NEWNS) != 0) refused("unshare");
    int files = syscall(430, "bpf", 0);
    if (files >= 0) breach("fsopen bpf");
    else refused("fsopen bpf");
    return breaches;
}
