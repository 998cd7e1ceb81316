// __integer_pack makes a node for each number before anything can be wrong with it.
template <unsigned long... Numbers> struct list { static constexpr unsigned long size = sizeof...(Numbers); };
template <unsigned long Count> using counted = list<__integer_pack(Count)...>;
static_assert(counted<(1UL << 28) - 8>::size == 1);
int main() {}
