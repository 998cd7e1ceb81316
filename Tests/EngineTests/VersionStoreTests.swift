import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The file that a version is kept in.
struct VersionStoreTests {
    private static let entry = VersionStore.entry("3.11.2", answering: "python /usr/bin/python3 1")

    @Test func `a version is found under the question that it answers`() {
        #expect(VersionStore.version(in: Self.entry, answering: "python /usr/bin/python3 1") == "3.11.2")
        #expect(VersionStore.version(in: Self.entry, answering: "python /usr/bin/python3 2") == nil)
    }

    @Test func `a damaged file holds none`() {
        for place in Self.entry.indices {
            var damaged = Self.entry
            damaged[place] ^= 1
            #expect(VersionStore.version(in: damaged, answering: "python /usr/bin/python3 1") == nil)
            #expect(
                VersionStore.version(in: Array(Self.entry[..<place]), answering: "python /usr/bin/python3 1")
                    == nil
            )
        }
        #expect(VersionStore.version(in: [], answering: "python /usr/bin/python3 1") == nil)
    }
}
