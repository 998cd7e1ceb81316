package import SandboxModel

/// Who a request comes from, and what that one may do.
package struct Caller: Sendable, Hashable {
    /// Its name; every object belongs to one.
    ///
    /// Several keys may stand for the same caller, so that one can replace another.
    package var name: String
    /// What it may do.
    package var scopes: Set<Scope>
    /// What it may have, where its key says less than the service's configuration.
    package var ceilings: CallerCeilings
    /// The key it came with, or `nil` where there are none.
    package var key: String?

    package init(
        name: String,
        scopes: Set<Scope>,
        ceilings: CallerCeilings = CallerCeilings(),
        key: String? = nil,
    ) {
        self.name = name
        self.scopes = scopes
        self.ceilings = ceilings
        self.key = key
    }

    /// The one caller of a service without keys, which only this machine can reach.
    package static let local = Caller(name: "local", scopes: Set(Scope.allCases))

    /// Whether `name` can be a caller's: 1 to 64 letters, digits, dots, hyphens and underscores of ASCII.
    package static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
                        || "._-".unicodeScalars.contains($0))
            }
    }
}

/// Something a caller may do.
package enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Run programs, and cancel and remove one's own.
    case submit
    /// Read one's own submissions, results and files.
    case read
    /// Read the service's own figures; nobody's programs.
    case admin
}

/// What a caller may have at the most; where one is `nil`, the service's configuration alone decides.
package struct CallerCeilings: Sendable, Hashable, Codable {
    /// Real and processor time of a program, and of its compiler.
    package var wallTime: Duration?
    /// Memory of a program, and of its compiler.
    package var memory: ByteCount?
    /// Programs that run at once.
    package var concurrency: Int?
    /// Submissions a minute.
    package var rate: Int?

    package init(
        wallTime: Duration? = nil,
        memory: ByteCount? = nil,
        concurrency: Int? = nil,
        rate: Int? = nil,
    ) {
        self.wallTime = wallTime
        self.memory = memory
        self.concurrency = concurrency
        self.rate = rate
    }
}
