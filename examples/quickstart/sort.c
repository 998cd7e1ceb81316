#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *left, const void *right) {
    int a = *(const int *)left, b = *(const int *)right;
    return (a > b) - (a < b);
}

int main(int count, char **arguments) {
    int numbers[16], size = 0;
    for (int i = 1; i < count && size < 16; i++) numbers[size++] = atoi(arguments[i]);
    qsort(numbers, size, sizeof numbers[0], ascending);
    for (int i = 0; i < size; i++) printf(i ? " %d" : "%d", numbers[i]);
    putchar('\n');
}
