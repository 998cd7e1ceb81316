/// Takes data apart that was compressed as RFC 1951 says.
///
/// What strangers send is taken apart in this process, so it is done in Swift, where a wrong length traps at the worst.
/// No more comes out than was announced: the rest of a bomb is never made.
struct Inflater {
    private let input: ArraySlice<UInt8>
    private var place: Int
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []
    private let size: Int

    /// What `input` was made of, which must be `size` bytes.
    static func inflate(_ input: ArraySlice<UInt8>, size: Int) throws(ArchiveError) -> [UInt8] {
        var inflater = Self(input, size)
        return try inflater.run()
    }

    private init(_ input: ArraySlice<UInt8>, _ size: Int) {
        self.input = input
        place = input.startIndex
        self.size = size
        // What was only announced takes no memory.
        output.reserveCapacity(min(size, 1 << 16))
    }

    private static let broken = ArchiveError("holds a file whose compressed data is broken")

    private mutating func run() throws(ArchiveError) -> [UInt8] {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try copyStored()
            case 1: try decode(literals: Self.fixedLiterals, distances: Self.fixedDistances)
            case 2:
                let (literals, distances) = try readCodes()
                try decode(literals: literals, distances: distances)
            default: throw Self.broken
            }
        }
        guard output.count == size, place == input.endIndex else { throw Self.broken }
        return output
    }

    // MARK: Bits

    private mutating func take(_ count: Int) throws(ArchiveError) -> Int {
        while bitCount < count {
            guard place < input.endIndex else { throw Self.broken }
            bits |= UInt32(input[place]) << UInt32(bitCount)
            place += 1
            bitCount += 8
        }
        let value = bits & ((1 << UInt32(count)) - 1)
        bits >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func symbol(_ code: HuffmanCode) throws(ArchiveError) -> Int {
        var reader = code.reader
        while true {
            guard let found = reader.next(try take(1), in: code) else { throw Self.broken }
            if case .symbol(let symbol) = found { return symbol }
        }
    }

    // MARK: Blocks

    private mutating func copyStored() throws(ArchiveError) {
        bits = 0
        bitCount = 0
        let (length, complement) = (try take(16), try take(16))
        guard length == ~complement & 0xFFFF, input.endIndex - place >= length, size - output.count >= length
        else { throw Self.broken }
        output += input[place..<place + length]
        place += length
    }

    private mutating func decode(literals: HuffmanCode, distances: HuffmanCode) throws(ArchiveError) {
        while true {
            let symbol = try symbol(literals)
            if symbol < 256 {
                guard output.count < size else { throw Self.broken }
                output.append(UInt8(symbol))
                continue
            }
            guard symbol > 256 else { return }
            guard symbol - 257 < Self.lengths.count else { throw Self.broken }
            let (base, extra) = Self.lengths[symbol - 257]
            let length = base + (try take(extra))
            let distanceSymbol = try self.symbol(distances)
            guard distanceSymbol < Self.distances.count else { throw Self.broken }
            let (distanceBase, distanceExtra) = Self.distances[distanceSymbol]
            let distance = distanceBase + (try take(distanceExtra))
            guard distance <= output.count, size - output.count >= length else { throw Self.broken }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func readCodes() throws(ArchiveError) -> (literals: HuffmanCode, distances: HuffmanCode)
    {
        let literalCount = try take(5) + 257
        let distanceCount = try take(5) + 1
        let codeCount = try take(4) + 4
        var codeLengths = [UInt8](repeating: 0, count: 19)
        for position in Self.codeLengthOrder.prefix(codeCount) { codeLengths[position] = UInt8(try take(3)) }
        guard let code = HuffmanCode(lengths: codeLengths) else { throw Self.broken }
        var lengths: [UInt8] = []
        while lengths.count < literalCount + distanceCount {
            let symbol = try symbol(code)
            let (value, count): (UInt8, Int)
            switch symbol {
            case 16:
                guard let last = lengths.last else { throw Self.broken }
                (value, count) = (last, 3 + (try take(2)))
            case 17: (value, count) = (0, 3 + (try take(3)))
            case 18: (value, count) = (0, 11 + (try take(7)))
            default: (value, count) = (UInt8(symbol), 1)
            }
            lengths += repeatElement(value, count: count)
        }
        guard lengths.count == literalCount + distanceCount,
            let literals = HuffmanCode(lengths: Array(lengths[..<literalCount])),
            let distances = HuffmanCode(lengths: Array(lengths[literalCount...]))
        else { throw Self.broken }
        return (literals, distances)
    }

    // MARK: Tables

    private static let codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// For each symbol from 257 on, the least length and how many bits tell the rest of it.
    private static let lengths: [(Int, Int)] = {
        var lengths: [(Int, Int)] = (3...10).map { ($0, 0) }
        var next = 11
        for bits in 1...5 {
            for _ in 0..<4 {
                lengths.append((next, bits))
                next += 1 << bits
            }
        }
        // The longest has a symbol of its own.
        lengths.append((258, 0))
        return lengths
    }()

    /// For each distance symbol, the least distance and how many bits tell the rest of it.
    private static let distances: [(Int, Int)] = {
        var distances: [(Int, Int)] = (1...4).map { ($0, 0) }
        var next = 5
        for bits in 1...13 {
            for _ in 0..<2 {
                distances.append((next, bits))
                next += 1 << bits
            }
        }
        return distances
    }()

    private static let fixedLiterals: HuffmanCode = {
        let lengths = (0..<288).map { UInt8($0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8) }
        return HuffmanCode(complete: lengths)
    }()
    private static let fixedDistances = HuffmanCode(complete: [UInt8](repeating: 5, count: 32))
}
