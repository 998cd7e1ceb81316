// One element is set, so the array is data and not bss; the assembler and the linker write every zero of it.
char bomb[1 << 29] = {1};
int main(void) { return bomb[1]; }
