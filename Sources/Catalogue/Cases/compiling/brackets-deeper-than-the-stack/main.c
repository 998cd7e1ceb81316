// A recursive-descent parser calls itself for each bracket; some million of them are five lines.
#define L (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
#define M L L L L L L L L L L L L L L L
#define N M M M M M M M M M M M M M M M
#define O N N N N N N N N N N N N N N N N
int deep = O O O O O O O O 0;
int main(void) { return 0; }
