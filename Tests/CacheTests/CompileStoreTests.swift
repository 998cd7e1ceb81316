import Foundation
import LinuxKernel
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Compiled programs on disk.
@Suite struct CompileStoreTests {
    private let temporary = TemporaryDirectory()

    private func store(_ size: ByteCount = .megabytes(100)) throws -> CompileStore {
        let directory = try #require(PrivateCacheDirectory(at: temporary.path))
        return try #require(CompileStore(in: directory, size: size))
    }

    private func key(_ number: Int) throws -> CompileKey {
        let plan = ExecutionPlan(
            files: [ProgramFile(path: "main", contents: Array("\(number)".utf8))],
            compile: [.init(executable: "/usr/bin/true", arguments: [], environment: [:])],
            run: .init(executable: CellLayout.work + "/main.out", arguments: [], environment: [:]),
            readOnlyPaths: [],
            policy: Policy(),
            limits: Limits(),
            compileLimits: .compileDefaults,
        )
        return try #require(CompileKey(plan))
    }

    private func program(_ byte: UInt8, count: Int = 100) -> CompiledProgram {
        var program = CompiledProgram()
        program.directories = [.init(path: "d", mode: 0o700)]
        program.files = [
            .init(path: "d/empty", mode: 0o644, contents: []),
            .init(path: "main.out", mode: 0o755, contents: Array(repeating: byte, count: count)),
        ]
        program.stdout = CapturedOutput(bytes: [0xFF, byte])
        program.stderr = CapturedOutput(bytes: [byte], truncated: true, total: 9)
        return program
    }

    private func entry(_ key: CompileKey) -> URL { URL(filePath: "\(temporary.path)/compiled/\(key.name)") }

    @Test func `what was kept is found again, by another process as well`() throws {
        let key = try key(1)
        #expect(try store().load(key)?.whole == nil)
        try store().save(program(7), at: key)
        #expect(try store().load(key)?.whole == program(7))
        #expect(try store().load(self.key(2)) == nil)
        #expect(temporary.names(in: "incoming").isEmpty)
        // The first that came is the one that stays.
        try store().save(program(8), at: key)
        #expect(try store().load(key)?.whole == program(7))
    }

    @Test func `a damaged entry is removed, whatever the damage`() throws {
        let key = try key(1)
        let store = try store()
        store.save(program(7), at: key)
        let whole = try Data(contentsOf: entry(key))
        let damages: [Data] =
            whole.indices.map { place in
                var damaged = whole
                damaged[place] ^= 1
                return damaged
            } + [Data(), whole.dropLast(), whole + [0], whole.prefix(30)]
        for damaged in damages {
            try damaged.write(to: entry(key))
            #expect(store.load(key)?.whole == nil)
            #expect(!FileManager.default.fileExists(atPath: entry(key).path(percentEncoded: false)))
        }
        try whole.write(to: entry(key))
        #expect(store.load(key)?.whole == program(7))
    }

    @Test func `an entry under another's address is not taken for it`() throws {
        let store = try store()
        store.save(program(7), at: try key(1))
        try FileManager.default.copyItem(at: entry(key(1)), to: entry(key(2)))
        #expect(try store.load(key(2)) == nil)
        try FileManager.default.createSymbolicLink(at: entry(key(3)), withDestinationURL: entry(key(1)))
        #expect(try store.load(key(3)) == nil)
        #expect(try store.load(key(1))?.whole == program(7))
    }

    @Test func `the least recently used go when it is full`() throws {
        let store = try store(.kilobytes(400))
        let size = 30_000
        for number in 0..<12 { store.save(program(UInt8(number), count: size), at: try key(number)) }
        // Used again, so that it is not the oldest any more; the file system's clock is coarse.
        let old = Date(timeIntervalSinceNow: -100)
        for number in 0..<12 where number != 3 {
            let path = entry(try key(number)).path(percentEncoded: false)
            try FileManager.default.setAttributes(
                [.modificationDate: old.addingTimeInterval(Double(number))],
                ofItemAtPath: path,
            )
        }
        #expect(try store.load(key(3)) != nil)
        store.save(program(12, count: size), at: try key(12))
        #expect(try store.load(key(0)) == nil)
        #expect(try store.load(key(1)) == nil)
        #expect(try store.load(key(3)) != nil)
        #expect(try store.load(key(12)) != nil)
        for number in 13..<60 { store.save(program(UInt8(number), count: size), at: try key(number)) }
        let bytes = try temporary.names(in: "compiled").reduce(0) { sum, name in
            let path = temporary.path + "/compiled/" + name
            return sum + (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
        }
        #expect(bytes <= 400_000 && bytes > 200_000, "\(bytes)")
    }

    @Test func `a program too large a part of the whole is not kept`() throws {
        let store = try store(.kilobytes(400))
        store.save(program(1, count: 60_000), at: try key(1))
        #expect(try store.load(key(1)) == nil)
    }

    @Test func `a lost or senseless count is made again`() throws {
        let key = try key(1)
        for text in ["", "no number", "99999999999999999999999"] {
            try store().save(program(7), at: key)
            try Data(text.utf8).write(to: URL(filePath: temporary.path + "/compiled.size"))
            try store().save(program(8), at: self.key(2))
            #expect(try store().load(self.key(2))?.whole == program(8))
            try FileManager.default.removeItem(at: entry(self.key(2)))
        }
    }

    @Test func `what a killed process was writing is swept, what another writes is left`() throws {
        _ = try store()
        let left = temporary.path + "/incoming/1.2"
        let busy = temporary.path + "/incoming/3.4"
        for path in [left, busy] { try Data("half".utf8).write(to: URL(filePath: path)) }
        let writer = open(busy, O_RDONLY)
        defer { close(writer) }
        try #require(flock(writer, LOCK_EX) == 0)
        _ = try store()
        #expect(temporary.names(in: "incoming") == ["3.4"])
    }

    @Test func `many at once do not harm one another`() async throws {
        let keys = try (0..<8).map(key)
        let path = temporary.path
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    for round in 0..<40 {
                        guard let directory = PrivateCacheDirectory(at: path),
                            let store = CompileStore(in: directory, size: .kilobytes(200))
                        else {
                            Issue.record("the directory was refused")
                            return
                        }
                        let number = (worker + round) % keys.count
                        let expected = program(UInt8(number), count: 20_000)
                        if let found = store.load(keys[number]) { #expect(found.whole == expected) }
                        store.save(expected, at: keys[number])
                    }
                }
            }
        }
        #expect(temporary.names(in: "incoming").isEmpty)
    }
}

extension StoredProgram {
    /// The program with the contents of its files.
    fileprivate var whole: CompiledProgram? {
        var program = CompiledProgram()
        program.directories = directories
        for file in files {
            var contents = [UInt8](repeating: 0, count: Int(file.count))
            let number = entry.descriptor.number
            guard pread(number, &contents, contents.count, off_t(file.offset)) == contents.count else {
                return nil
            }
            program.files.append(.init(path: file.path, mode: file.mode, contents: contents))
        }
        (program.stdout, program.stderr) = (stdout, stderr)
        return program
    }
}
