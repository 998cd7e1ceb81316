import Languages
import SandboxModel

/// Something that compilations are faster with.
public struct WarmItem: Sendable, Hashable {
    /// The language's name.
    public var language: String
    /// The header that a program begins with for this to be of use; `nil` when it is of use to every program.
    public var header: String?
    /// Whether it is there now.
    ///
    /// It is not where there is no cache, or where the compiler could not make or use it.
    public var isWarm: Bool
}

extension Sandbox {
    /// Makes ahead what later compilations are faster with: precompiled headers, build caches, class archives.
    ///
    /// What is there already stays; what another version of a compiler made is replaced. It is made from Sanderling's own
    /// source, in a sandbox, by the compilers themselves, and kept in the cache directory.
    ///
    /// - Parameters:
    ///   - languages: Names or aliases of languages; `nil` for every one that is installed.
    ///   - observe: Told of each item when it has been made, or has not.
    /// - Returns: The items, in the order of the languages.
    /// - Throws: ``/SandboxModel/SandboxError`` for a language that is not known or, when it was named, not installed.
    @discardableResult
    public func warm(
        _ languages: [String]? = nil,
        observe: @escaping @Sendable (WarmItem) -> Void = { _ in },
    ) async throws -> [WarmItem] {
        var items: [WarmItem] = []
        let catalog = configuration.languages
        let definitions =
            try languages.map { try $0.map { try catalog.definition(named: $0) } }
            ?? catalog.survey().definitions
        for definition in definitions {
            guard let recipe = definition.compile?.warm else { continue }
            guard
                let language = languages == nil
                    ? try? ResolvedLanguage(definition) : try ResolvedLanguage(definition)
            else { continue }
            for header in recipe.headers.isEmpty ? [nil] : recipe.headers.map(Optional.some) {
                let isWarm = try await warm(language, header: header)
                let item = WarmItem(language: definition.name, header: header, isWarm: isWarm)
                items.append(item)
                observe(item)
                try Task.checkCancellation()
            }
        }
        return items
    }

    private func warm(_ language: ResolvedLanguage, header: String?) async throws -> Bool {
        let source = header.map { "#include <\($0)>\n" } ?? language.definition.hello.source
        let plan = try Self.plan(source, in: language)
        let hello = try Self.plan(language.definition.hello.source, in: language)
        let cancellation = CancellationSignal()
        return try await withTaskCancellationHandler {
            try await offload { [self] in
                try engine(for: configuration.isolation).warm(plan, hello: hello, cancellation: cancellation)
            }
        } onCancel: {
            cancellation.cancel()
        }
    }

    private static func plan(_ source: String, in language: ResolvedLanguage) throws -> ExecutionPlan {
        try ProgramPreparation(
            Program(language: language.definition.name, code: source),
            in: language,
            policy: Policy(allowMissing: Set(Layer.allCases)),
            limits: Limits(),
            compileLimits: nil,
        ).plan
    }
}
