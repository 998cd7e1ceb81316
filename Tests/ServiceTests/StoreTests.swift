import Foundation
import Testing

@testable import Service

struct StoreTests {
    @Test func `nobody else may read what is kept`() throws {
        let directory = TemporaryDirectory()
        let store = try Store(path: directory.path + "/service.sqlite")
        defer { store.close() }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        #expect(names == ["service.sqlite", "service.sqlite-shm", "service.sqlite-wal"])
        for name in names {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func `a directory is one service's, before there is a database in it`() throws {
        var configuration = ServiceConfiguration()
        configuration.dataDirectory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: configuration.dataDirectory) }
        let lock = try ServiceLock(configuration)
        let refused = configuration
        let error = #expect(throws: ServiceError.self) { try ServiceLock(refused) }
        #expect(error?.code == .conflict)
        let names = try FileManager.default.contentsOfDirectory(atPath: configuration.dataDirectory)
        #expect(names == ["lock"])
        withExtendedLifetime(lock) {}
    }

    @Test func `a key that another process makes is needed at once`() async throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/service.sqlite"
        let store = try Store(path: path)
        defer { store.close() }
        let authentication = Authentication(store: store)
        #expect(try !authentication.isRequired)
        let other = try Store(path: path)
        defer { other.close() }
        _ = try await other.add(APIKey(), caller: "ada", scopes: [.submit], ceilings: CallerCeilings())
        #expect(try authentication.isRequired)
    }

    @Test func `a key that an older version makes is needed as soon as the database is asked again`()
        async throws
    {
        let directory = TemporaryDirectory()
        let path = directory.path + "/service.sqlite"
        let store = try Store(path: path)
        defer { store.close() }
        let authentication = Authentication(store: store, lifetime: .zero)
        #expect(try !authentication.isRequired)
        let other = try Store(path: path)
        defer { other.close() }
        _ = try await other.add(APIKey(), caller: "ada", scopes: [.submit], ceilings: CallerCeilings())
        try FileManager.default.removeItem(atPath: path + "-keys")
        #expect(try authentication.isRequired)
    }

    @Test func `keys are found in a database that came without its sign of them`() async throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/service.sqlite"
        let first = try Store(path: path)
        _ = try await first.add(APIKey(), caller: "ada", scopes: [.submit], ceilings: CallerCeilings())
        first.close()
        try FileManager.default.removeItem(atPath: path + "-keys")
        let store = try Store(path: path)
        defer { store.close() }
        #expect(try Authentication(store: store).isRequired)
    }
}
