// A character device has no length: the preprocessor reads on until memory ends, on the judge's host where it is not confined.
#include "@@EACH@@"
int main(void) { return 0; }
