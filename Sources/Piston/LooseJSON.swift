import Foundation
import NIOCore
import Service
import ServiceHTTP

/// What Piston's messages hold, of whatever type it is: Piston says itself what is wrong with a request, member by member.
///
/// Members that mean nothing to Piston are passed over unread, and so is what a list or an object holds where Piston has none.
enum LooseJSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([LooseJSON])
    case object([String: LooseJSON])

    /// Entries of one list that are taken; more than a kernel gives to a program as its arguments.
    fileprivate static let mostEntries = 100_000

    /// A request's body, or a message; `nil` for what is no JSON.
    ///
    /// - Throws: ``/Service/ServiceError`` of code `invalidRequest` for one that is nested too deep, or has a list that is too long.
    init?(message: ByteBuffer) throws(ServiceError) {
        try JSONNesting.check(message)
        do {
            let decoder = JSONDecoder()
            self = try decoder.decode(PistonMessage.self, from: Data(message.readableBytesView)).value
        } catch let error as ServiceError {
            throw error
        } catch {
            return nil
        }
    }

    /// A member of an object; `null` where there is none.
    subscript(_ name: String) -> LooseJSON {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    /// The text, when it is one.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The text, when it is one and not empty.
    var words: String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}

/// The members of a request or a message.
private struct PistonMessage: Decodable {
    let value: LooseJSON

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type, language, version, files, args, stdin, stream, data, signal
        case runTimeout = "run_timeout"
        case runTime = "run_cpu_time"
        case runMemory = "run_memory_limit"
        case compileTimeout = "compile_timeout"
        case compileTime = "compile_cpu_time"
        case compileMemory = "compile_memory_limit"
    }

    init(from decoder: any Decoder) throws {
        guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
            value = .null
            return
        }
        var members: [String: LooseJSON] = [:]
        for key in CodingKeys.allCases where container.contains(key) {
            members[key.rawValue] =
                switch key {
                case .files: try container.list(of: PistonFile.self, key) { $0.value["content"].text != nil }
                case .args: try container.list(of: PistonScalar.self, key) { $0.isArgument }
                default: try container.decode(PistonScalar.self, forKey: key).value
                }
        }
        value = .object(members)
    }
}

/// A file of a request.
private struct PistonFile: PistonValue {
    let value: LooseJSON

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, content, encoding
    }

    init(from decoder: any Decoder) throws {
        guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
            value = .null
            return
        }
        var members: [String: LooseJSON] = [:]
        for key in CodingKeys.allCases where container.contains(key) {
            members[key.rawValue] = try container.decode(PistonScalar.self, forKey: key).value
        }
        value = .object(members)
    }
}

/// A value that holds no others; a list or an object is one that holds nothing.
private struct PistonScalar: PistonValue {
    let value: LooseJSON

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .null
        } else if let text = try? container.decode(String.self) {
            value = .string(text)
        } else if let number = try? container.decode(Double.self) {
            value = .number(number)
        } else if let flag = try? container.decode(Bool.self) {
            value = .bool(flag)
        } else {
            value = .object([:])
        }
    }

    /// Whether it can be an argument of a program.
    var isArgument: Bool {
        switch value {
        case .string, .number: true
        case .null, .bool, .array, .object: false
        }
    }
}

/// What reads a value of a message.
private protocol PistonValue: Decodable {
    var value: LooseJSON { get }
}

extension KeyedDecodingContainer {
    /// A list, as far as its entries are right and the first one that is not; what is none, as it is.
    fileprivate func list<Entry: PistonValue>(
        of type: Entry.Type,
        _ key: Key,
        while isRight: (Entry) -> Bool,
    ) throws -> LooseJSON {
        guard var list = try? nestedUnkeyedContainer(forKey: key) else {
            return try decode(PistonScalar.self, forKey: key).value
        }
        var values: [LooseJSON] = []
        while !list.isAtEnd {
            guard values.count < LooseJSON.mostEntries else {
                throw ServiceError(
                    .invalidRequest,
                    "\(key.stringValue) has more than \(LooseJSON.mostEntries) entries",
                )
            }
            let entry = try list.decode(type)
            values.append(entry.value)
            // The request is refused for it, whatever comes after.
            guard isRight(entry) else { break }
        }
        return .array(values)
    }
}
