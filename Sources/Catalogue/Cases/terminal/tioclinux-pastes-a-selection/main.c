// TIOCL_SETSEL and TIOCL_PASTESEL type what stands on the screen; filters that knew of TIOCSTI alone let these through.
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct selection {
    char pad, subcode;
    uint16_t first_column, first_row, last_column, last_row, mode;
} __attribute__((packed));

int main(void) {
    printf("echo breach                  \r");
    fflush(stdout);
    int tried = 0, refused = 0;
    const unsigned long high[] = {0, 1UL << 32, 0xffffffffUL << 32, 0x8000000000000000UL};
    for (int stream = 0; stream < 3; stream++)
        for (int way = 0; way < 4; way++) {
            struct selection select = {0, 2, 1, 1, 20, 1, 0};
            char paste = 3, unblank = 4;
            void *arguments[] = {&select.subcode, &paste, &unblank};
            for (int i = 0; i < 3; i++) {
                tried++;
                if (syscall(SYS_ioctl, stream, 0x541cUL | high[way], arguments[i]) >= 0) printf("BREACH: subcode %d taken\n", i);
                else if (errno == EPERM) refused++;
                else printf("refused: %s\n", strerrorname_np(errno));
            }
        }
    printf("\nrefused %d of %d with EPERM\n", refused, tried);
    return 0;
}
