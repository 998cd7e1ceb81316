// Thirty levels are a name of 2^30 words: a few bytes in the compiler, gigabytes in the message. Seventeen do to show it.
template <class A, class B> struct pair {};
template <int N> struct grow { using type = pair<typename grow<N - 1>::type, typename grow<N - 1>::type>; };
template <> struct grow<0> { using type = int; };
int main() { return grow<17>::type::missing; }
