import Foundation
import Glibc

/// What the system says about memory, in bytes.
enum MemoryReading {
    /// What programs could still take: `MemAvailable` of proc_meminfo(5), so kernel objects count as taken.
    static func available() throws -> Int {
        try value(of: "MemAvailable", in: "/proc/meminfo")
    }

    /// The same once it stays within 1 MB (of a hundred cells, 0.01 MB each) for half a second: the kernel frees namespaces
    /// behind the dead's back, and interpreters that start take what they need bit by bit.
    static func settledAvailable() async throws -> Int {
        var readings: [Int] = []
        for _ in 0..<50 {
            readings.append(try available())
            let last = readings.suffix(6)
            if last.count == 6, let lowest = last.min(), let highest = last.max(),
                highest - lowest < 1_000_000
            {
                return readings[readings.count - 1]
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw BenchmarkFailure("MemAvailable does not settle: something else runs on this machine")
    }

    /// Resident memory of this process and its children, the launcher among them.
    static func residentOfThisTree() throws -> Int {
        let own = getpid()
        let numbers = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
        return try numbers.filter { $0 == own || parent(of: $0) == own }
            .reduce(0) { try $0 + value(of: "VmRSS", in: "/proc/\($1)/status") }
    }

    private static func parent(of process: pid_t) -> pid_t? {
        (try? value(of: "PPid", in: "/proc/\(process)/status", unit: 1)).map { pid_t($0) }
    }

    private static func value(of key: String, in path: String, unit: Int = 1_024) throws -> Int {
        // A file in /proc says that its size is 0.
        guard let file = FileHandle(forReadingAtPath: path), let data = try file.readToEnd() else {
            throw BenchmarkFailure("cannot read \(path)")
        }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix(key + ":") {
            if let number = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
            {
                return number * unit
            }
        }
        throw BenchmarkFailure("\(path) has no \(key)")
    }
}
