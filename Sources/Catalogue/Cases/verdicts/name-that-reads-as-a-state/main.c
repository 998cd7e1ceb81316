// comm may hold spaces, parentheses and line feeds. Who splits the line at blanks reads the program's own numbers.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    prctl(PR_SET_NAME, "x) Z 0 0 0\n0 0");
    printf("named\n");
    fflush(stdout);
    alarm(12);
    for (volatile unsigned long i = 0;; i++) {}
}
