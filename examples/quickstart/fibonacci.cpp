#include <iostream>
#include <vector>

int main() {
    std::vector<int> numbers{0, 1};
    while (numbers.size() < 10) numbers.push_back(numbers.back() + *(numbers.end() - 2));
    for (std::size_t i = 0; i < numbers.size(); ++i) std::cout << (i ? " " : "") << numbers[i];
    std::cout << '\n';
}
