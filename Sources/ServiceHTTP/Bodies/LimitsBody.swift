import SandboxModel
import Service

/// The `limits` of a request: numbers count seconds or bytes, texts are as the command takes them (`500ms`, `100MB`).
struct LimitsBody: Decodable {
    let request: LimitRequest

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case wallTime = "wall_time"
        case cpuTime = "cpu_time"
        case cpuShare = "cpu_share"
        case memory, processes, output
        case outputOverflow = "output_overflow"
        case disk
        case fileSize = "file_size"
        case openFiles = "open_files"
        case stack
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        var request = LimitRequest()
        request.wallTime = try container.time(.wallTime, LimitRange.wallTime)
        request.cpuTime = try container.time(.cpuTime, LimitRange.cpuTime)
        request.cpuShare = try container.decodeIfPresent(Double.self, forKey: .cpuShare)
        request.memory = try container.size(.memory, LimitRange.memory)
        request.processes = try container.whole(.processes)
        request.output = try container.size(.output, LimitRange.output)
        request.outputOverflow = try container.choice(OutputOverflow.self, .outputOverflow)
        request.disk = try container.size(.disk, LimitRange.disk)
        request.fileSize = try container.size(.fileSize, LimitRange.fileSize)
        request.openFiles = try container.whole(.openFiles)
        request.stack = try container.size(.stack, LimitRange.stack)
        self.request = request
    }
}

extension KeyedDecodingContainer {
    fileprivate func time(_ key: Key, _ range: ClosedRange<Duration>) throws -> Duration? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        if let text = try? decode(String.self, forKey: key) {
            return try quantity(key) { try Duration(quantity: text, within: range) }
        }
        return try decodeSeconds(forKey: key)
    }

    fileprivate func size(_ key: Key, _ range: ClosedRange<ByteCount>) throws -> ByteCount? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        if let text = try? decode(String.self, forKey: key) {
            return try quantity(key) { try ByteCount(quantity: text, within: range) }
        }
        return try whole(key, mend: "write a whole number of bytes, or a text like '100MB'").map {
            .bytes($0)
        }
    }

    /// A whole number; `nil` where there is none.
    func whole(_ key: Key, mend: String? = nil) throws -> Int? {
        do {
            return try decodeIfPresent(Int.self, forKey: key)
        } catch DecodingError.typeMismatch(let type, let context) {
            throw DecodingError.typeMismatch(type, context)
        } catch {
            // Foundation has an error of its own for a number that is none here, and does not say where it is.
            throw BodyMistake(
                at: codingPath + [key],
                "is not a whole number, or larger than any is here",
                mend: mend,
            )
        }
    }

    private func quantity<Value>(_ key: Key, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let error as QuantityError {
            throw BodyMistake(at: codingPath + [key], error.message)
        }
    }

    /// One of a few words.
    func choice<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type, _ key: Key) throws
        -> Value?
    {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
        guard let value = Value(rawValue: text) else {
            throw BodyMistake(
                at: codingPath + [key],
                "\(text.quoted) is not known",
                mend: "known are \(Value.allCases.map(\.rawValue).joined(separator: ", "))",
            )
        }
        return value
    }
}
