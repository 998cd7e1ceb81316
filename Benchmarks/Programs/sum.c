#include <stdio.h>

int main(void) {
    volatile int ten = 10, twenty = 20;
    printf("%d\n", ten + twenty);
    return 0;
}
