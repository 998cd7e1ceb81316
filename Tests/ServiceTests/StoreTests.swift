import Foundation
import Service
import Testing

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
}
