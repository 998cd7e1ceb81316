import Foundation
import LanguageFiles
import Languages
import SandboxModel

/// Reads one case's folder.
struct CaseReader {
    private let directory: String
    private let top: StrictMapping

    private static let programKeys = ["language", "files", "arguments", "stdin", "limits", "policy"]
    private static let keys =
        ["title", "source"] + programKeys
        + [
            "second", "order", "each", "walls", "together", "because", "says_nothing_of", "known",
            "contained",
        ]

    /// The case in `directory`, a folder called `id` in that of its class.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` whose message begins with the file, the line and the column.
    static func read(
        _ directory: String,
        id: String,
        attackClass: AttackClass,
    ) throws(SandboxError) -> AttackCase {
        let file = directory + "/case.yaml"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw SandboxError(.invalidDefinition, "\(file): cannot be read as text")
        }
        guard let node = try YAMLDocuments().document(text, in: file) else {
            throw SandboxError(.invalidDefinition, "\(file):1:1: the file is empty")
        }
        let reader = Self(directory: directory, top: try StrictMapping(node, file: file, keys: keys))
        return try reader.attack(id: id, attackClass: attackClass)
    }

    private func attack(id: String, attackClass: AttackClass) throws(SandboxError) -> AttackCase {
        guard !id.isEmpty, id.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
        else {
            throw top.error("title", "is in the folder '\(id)'; name it with small letters, digits and '-'")
        }
        let second = try top.mapping("second", keys: Self.programKeys)
        if let second, attackClass != .betweenSandboxes {
            throw second.error("language", "is that of a second program, which only 'between-sandboxes' has")
        }
        let order = try top.word("order", as: AttackCase.Order.self)
        guard (order == nil) == (second == nil) else {
            throw second == nil
                ? top.error("order", "says when the second program runs, but there is no 'second'")
                : top.missing("order")
        }
        let program = try program(top)
        let secondProgram = try second.map(self.program)
        let values = try top.strings("each")
        guard values.count <= 1_024, Set(values).count == values.count else {
            throw top.error("each", "must hold at most 1024 values, no two alike")
        }
        let containment = try ContainmentReader(top, isFamily: !values.isEmpty).rules()
        let attack = AttackCase(
            id: id,
            attackClass: attackClass,
            title: try line("title"),
            source: try line("source"),
            program: program,
            second: secondProgram,
            order: order ?? .after,
            values: values,
            walls: try walls(),
            saysNothingOf: try saysNothingOf(),
            known: try top.patterns("known"),
            contained: containment.first,
            secondContained: containment.second,
        )
        try checkFiles(of: attack)
        return attack
    }

    /// A text of one line.
    private func line(_ key: String) throws(SandboxError) -> String {
        let text = try top.required(key)
        guard !text.contains(where: \.isNewline) else { throw top.error(key, "must be one line") }
        return text
    }

    private func walls() throws(SandboxError) -> AttackCase.Walls {
        var walls: [Wall] = []
        for name in try top.strings("walls") {
            guard let wall = Wall(name: name) else {
                throw top.error(
                    "walls",
                    "has '\(name)', but must be of \(Wall.names.joined(separator: ", "))",
                )
            }
            walls.append(wall)
        }
        guard !walls.isEmpty else {
            throw top["walls"] == nil
                ? top.missing("walls")
                : top.error("walls", "is empty; an attack that no wall holds proves nothing")
        }
        return AttackCase.Walls(
            walls,
            together: try top.boolean("together"),
            because: try top.string("because"),
        )
    }

    private func saysNothingOf() throws(SandboxError) -> [IsolationKind: String] {
        let names = IsolationKind.allCases.filter { $0 != .namespaces }.map(\.rawValue)
        guard let mapping = try top.mapping("says_nothing_of", keys: names) else { return [:] }
        var reasons: [IsolationKind: String] = [:]
        for kind in IsolationKind.allCases {
            if let reason = try mapping.string(kind.rawValue) { reasons[kind] = reason }
        }
        return reasons
    }

    // MARK: Programs

    private func program(_ mapping: StrictMapping) throws(SandboxError) -> AttackProgram {
        var files: [ProgramFile] = []
        for name in try mapping.strings("files") {
            files.append(try file(name, of: mapping))
        }
        guard let main = files.first else { throw mapping.missing("files") }
        let arguments = try mapping.strings("arguments")
        let stdin = try mapping.text("stdin") ?? ""
        for text in arguments + [stdin] { try checkPlaceholders(in: text, "arguments", of: mapping) }
        let (policy, collect) = try PolicyReader.policy(mapping)
        let program = Program(
            language: try mapping.required("language"),
            source: main.contents,
            sourceName: main.path,
            files: Array(files.dropFirst()),
            arguments: arguments,
            collect: collect,
        )
        return AttackProgram(
            program,
            stdin: stdin,
            limits: try LimitReader.limits(mapping),
            policy: policy,
        )
    }

    private func file(_ name: String, of mapping: StrictMapping) throws(SandboxError) -> ProgramFile {
        let steps = name.pathNames(keepingEmpty: true)
        guard steps.allSatisfy({ !["", ".", ".."].contains($0) }), name != "case.yaml" else {
            throw mapping.error("files", "has '\(name)', which is not the path of a file beside it")
        }
        let path = "\(directory)/\(name)"
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw mapping.error("files", "has '\(name)', which is not there")
        }
        if let text = String(data: contents, encoding: .utf8) {
            try checkPlaceholders(in: text, "files", of: mapping)
        }
        return ProgramFile(
            path: name,
            contents: Array(contents),
            executable: FileManager.default.isExecutableFile(atPath: path),
        )
    }

    private func checkPlaceholders(
        in text: String,
        _ key: String,
        of mapping: StrictMapping,
    ) throws(SandboxError) {
        guard let unknown = Placeholders.unknown(in: text) else { return }
        let known = Placeholders.names.map { "@@\($0)@@" }.joined(separator: ", ")
        throw mapping.error(
            key,
            "has the placeholder '@@\(unknown)@@', which stands for nothing; known are \(known)",
        )
    }

    /// Refuses a file in the folder that no program names: it would be taken for a part of what is tried.
    private func checkFiles(of attack: AttackCase) throws(SandboxError) {
        let named = attack.programs.flatMap { program in
            [program.program.sourceName ?? ""] + program.program.files.map(\.path)
        }
        for path in FileManager.default.subpaths(atPath: directory) ?? [] {
            var isDirectory: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(directory)/\(path)", isDirectory: &isDirectory)
            guard isDirectory.boolValue || path == "case.yaml" || named.contains(path) else {
                throw top.error("files", "does not name '\(path)', which lies beside it")
            }
        }
    }
}
