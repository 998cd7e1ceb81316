/// Places in the queue that are kept for submissions while they are being written down.
///
/// Without them, submissions that come together would each find the same place free.
struct ReservedPlaces {
    private var counts: [String: Int] = [:]
    /// How many there are.
    private(set) var count = 0
    /// Bytes of all that they are kept for.
    private(set) var bytes = 0

    /// How many are kept for a caller.
    func count(of caller: String) -> Int { counts[caller] ?? 0 }

    /// Keeps `number` places for `caller`, for `size` bytes together.
    mutating func keep(_ number: Int, of caller: String, size: Int) {
        counts[caller, default: 0] += number
        count += number
        bytes += size
    }

    /// Gives back what was kept.
    mutating func giveBack(_ number: Int, of caller: String, size: Int) {
        let left = count(of: caller) - number
        counts[caller] = left > 0 ? left : nil
        count -= number
        bytes -= size
    }
}
