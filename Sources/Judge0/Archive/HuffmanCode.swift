/// A canonical Huffman code: as many symbols of each length, in order, as RFC 1951, section 3.2.2, assigns them.
struct HuffmanCode {
    /// How many codes there are of each length, 0 to 15.
    private var counts = [Int](repeating: 0, count: 16)
    /// The symbols, the shorter codes first, and of one length in order.
    private var symbols: [Int] = []

    /// The code in which symbol n has `lengths[n]` bits, or `nil` when there cannot be such a code.
    ///
    /// One with fewer codes than there could be is taken: a lone distance has one of a single bit.
    init?(lengths: [UInt8]) {
        self.init(complete: lengths)
        var left = 1
        for length in 1...15 {
            left = left << 1 - counts[length]
            guard left >= 0 else { return nil }
        }
    }

    /// The code in which symbol n has `lengths[n]` bits, which is known to be one.
    init(complete lengths: [UInt8]) {
        for length in lengths { counts[Int(length)] += 1 }
        counts[0] = 0
        symbols = (1...15).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }

    /// Reads one symbol, bit by bit.
    struct Reader {
        fileprivate var length = 0
        fileprivate var code = 0
        fileprivate var first = 0
        fileprivate var index = 0
    }

    /// What a bit leads to.
    enum Step {
        case symbol(Int)
        case further
    }

    var reader: Reader { Reader() }
}

extension HuffmanCode.Reader {
    /// Takes the next bit; `nil` when no symbol begins with those so far.
    mutating func next(_ bit: Int, in code: HuffmanCode) -> HuffmanCode.Step? {
        guard length < 15 else { return nil }
        length += 1
        self.code |= bit
        let count = code.count(ofLength: length)
        if self.code - first < count { return .symbol(code.symbol(at: index + self.code - first)) }
        index += count
        first = (first + count) << 1
        self.code <<= 1
        return .further
    }
}

extension HuffmanCode {
    fileprivate func count(ofLength length: Int) -> Int { counts[length] }

    fileprivate func symbol(at index: Int) -> Int { symbols[index] }
}
