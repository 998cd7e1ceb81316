// Occupies a processor until it is killed.
int main(void) {
    for (;;) {
        __asm__ volatile("");
    }
}
