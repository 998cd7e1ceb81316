package import Foundation

/// The part of JSON Schema 2020-12 that the schemas in `docs` use.
///
/// A keyword it does not know fails the test, so that no rule of the schema goes unchecked.
package struct JSONSchema {
    private let root: [String: Any]

    /// The schema in a file, which must hold an object.
    package init(contentsOf url: URL) throws {
        guard let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        else {
            throw CocoaError(.fileReadCorruptFile)
        }
        root = object
    }

    /// What is wrong with a value by a definition of the schema, a line each; empty when it is valid.
    package func problems(of value: Any, definition: String) -> [String] {
        check(value, ["$ref": "#/$defs/\(definition)"], at: "")
    }

    private func check(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
        schema.flatMap { keyword, rule -> [String] in
            switch (keyword, rule) {
            case ("description", _): []
            case ("$ref", let name as String): checkReference(value, name, at: path)
            case ("anyOf", let choices as [[String: Any]]):
                choices.contains { check(value, $0, at: path).isEmpty } ? [] : ["\(path): fits no choice"]
            case ("enum", let allowed as [String]):
                (value as? String).map(allowed.contains) == true
                    ? [] : ["\(path): \(value) is not of \(allowed)"]
            case ("type", let type as String): has(value, type) ? [] : ["\(path): \(value) is not \(type)"]
            case ("minimum", let bound as NSNumber):
                (value as? NSNumber).map { $0.doubleValue >= bound.doubleValue } != false
                    ? [] : ["\(path): \(value) is too small"]
            case ("maximum", let bound as NSNumber):
                (value as? NSNumber).map { $0.doubleValue <= bound.doubleValue } != false
                    ? [] : ["\(path): \(value) is too large"]
            case ("items", let items as [String: Any]):
                (value as? [Any] ?? []).enumerated().flatMap {
                    check($0.element, items, at: "\(path)/\($0.offset)")
                }
            case ("required", let keys as [String]):
                keys.filter { (value as? [String: Any])?[$0] == nil }.map { "\(path): lacks \($0)" }
            case ("properties", let properties as [String: [String: Any]]):
                properties.flatMap { key, schema in
                    (value as? [String: Any])?[key].map { check($0, schema, at: "\(path)/\(key)") } ?? []
                }
            case ("propertyNames", let names as [String: Any]):
                (value as? [String: Any] ?? [:]).keys.flatMap { check($0, names, at: "\(path)/\($0)") }
            case ("additionalProperties", _): checkAdditional(value, schema, at: path)
            default: ["\(path): unknown keyword \(keyword)"]
            }
        }
    }

    private func checkReference(_ value: Any, _ name: String, at path: String) -> [String] {
        guard name.hasPrefix("#/$defs/"), let all = root["$defs"] as? [String: [String: Any]],
            let schema = all[String(name.dropFirst(8))]
        else { return ["\(path): no definition \(name)"] }
        return check(value, schema, at: path)
    }

    private func checkAdditional(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
        let known = (schema["properties"] as? [String: Any] ?? [:]).keys
        let others = (value as? [String: Any] ?? [:]).filter { !known.contains($0.key) }
        guard let rule = schema["additionalProperties"] as? [String: Any] else {
            return others.keys.map { "\(path): \($0) is not in the schema" }
        }
        return others.flatMap { check($0.value, rule, at: "\(path)/\($0.key)") }
    }

    private func has(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "null": value is NSNull
        case "string": value is String
        case "array": value is [Any]
        case "object": value is [String: Any]
        case "boolean": isBoolean(value)
        case "number": value is NSNumber && !isBoolean(value)
        case "integer":
            !isBoolean(value)
                && (value as? NSNumber).map { $0.doubleValue.rounded() == $0.doubleValue } == true
        default: false
        }
    }

    /// An `NSNumber` also casts to `Bool` when it is 0 or 1; only its type tells the two apart.
    private func isBoolean(_ value: Any) -> Bool {
        (value as? NSNumber).map {
            String(cString: $0.objCType) == "c" || String(cString: $0.objCType) == "B"
        } == true
    }
}
