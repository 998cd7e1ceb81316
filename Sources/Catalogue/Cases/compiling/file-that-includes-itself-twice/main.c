// Each level doubles the work, and every message tells the whole way from the first file. Thirteen levels do to show it.
#if __INCLUDE_LEVEL__ < 13
#warning "again"
#include __FILE__
#include __FILE__
#endif
int main(void) { return 0; }
