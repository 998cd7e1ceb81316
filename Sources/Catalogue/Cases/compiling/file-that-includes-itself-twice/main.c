// Each level doubles the work, and every message tells the whole way from the first file. Fourteen levels do to show it: 1.9 MB.
#if __INCLUDE_LEVEL__ < 14
#warning "again"
#include __FILE__
#include __FILE__
#endif
// Nothing but what it writes is wrong with it.
#if __INCLUDE_LEVEL__ == 0
int main(void) { return 0; }
#endif
