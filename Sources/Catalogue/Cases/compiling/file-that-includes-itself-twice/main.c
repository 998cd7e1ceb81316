// Each level doubles the work, and every message tells the whole way from the first file. Nine levels do to show it: 300 kB.
#if __INCLUDE_LEVEL__ < 9
#warning "again"
#include __FILE__
#include __FILE__
#endif
// Nothing but what it writes is wrong with it.
#if __INCLUDE_LEVEL__ == 0
int main(void) { return 0; }
#endif
