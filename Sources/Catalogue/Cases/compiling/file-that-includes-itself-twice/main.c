// Each level doubles the work, and every message tells the whole way from the first file. Eleven levels do to show it.
#if __INCLUDE_LEVEL__ < 11
#warning "again"
#include __FILE__
#include __FILE__
#endif
int main(void) { return 0; }
