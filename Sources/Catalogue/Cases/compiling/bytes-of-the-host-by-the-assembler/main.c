// .incbin takes bytes as they are, so nothing has to be valid C; the program then prints its own data.
#include <stdio.h>
__asm__(".section .rodata\n.globl taken\ntaken: .incbin \"@@SECRET_PATH@@\"\n.byte 0\n.previous\n");
extern const char taken[];
int main(void) {
    printf("BREACH: %s\n", taken);
    return 0;
}
