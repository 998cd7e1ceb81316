import SandboxModel

/// Makes a program of the service's of what Judge0 takes for one.
struct ProgramShape {
    let kind: Judge0Language.Kind

    init(_ kind: Judge0Language.Kind) { self.kind = kind }

    /// Names of what Judge0 gives the source, by its kind.
    static let textName = "text.txt"
    static let executableName = "a.out"

    /// Gives `program` the form in which its language runs it.
    ///
    /// - Throws: ``ArchiveError`` for an archive that lacks what it needs.
    func shape(_ program: inout Program) throws(ArchiveError) {
        switch kind {
        case .program: break
        case .plainText: wrap(&program, as: Self.textName, script: "cat \(Self.textName)\n")
        case .executable:
            wrap(&program, as: Self.executableName, script: "exec ./\(Self.executableName) \"$@\"\n")
        case .project:
            let scripts = program.files.filter { ["run.sh", "run"].contains($0.path) }
            guard let script = scripts.first(where: { $0.path == "run.sh" }) ?? scripts.first else {
                throw ArchiveError("holds neither run.sh nor run, the script that runs the program")
            }
            program.files.removeAll { $0.path == script.path }
            program.sourceName = script.path
            program.source = script.contents
            program.arguments = []
            program.compilerOptions = []
        }
    }

    private func wrap(_ program: inout Program, as name: String, script: String) {
        program.files.removeAll { [name, "main.sh"].contains($0.path) }
        program.files.append(ProgramFile(path: name, contents: program.source, executable: true))
        program.source = Array(script.utf8)
        program.compilerOptions = []
    }

    /// The source as the client sent it; `nil` for a project, which has none.
    func source(of program: Program) -> [UInt8]? {
        switch kind {
        case .program: program.source
        case .plainText: program.files.first { $0.path == Self.textName }?.contents
        case .executable: program.files.first { $0.path == Self.executableName }?.contents
        case .project: nil
        }
    }
}
