import Catalogue
import Foundation
import LanguageFiles
import Languages
import SandboxModel
import Testing

/// The catalogue that comes with Sanderling.
@Suite struct CatalogueTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try Catalogue() }

    @Test func `every case can be read, and no two have one name`() {
        #expect(Set(catalogue.cases.map(\.id)).count == catalogue.cases.count)
        #expect(!catalogue.cases.isEmpty)
    }

    @Test func `every case has a public record and a wall that holds it`() {
        for attack in catalogue.cases {
            #expect(!attack.walls.names.isEmpty, "\(attack.id)")
            #expect(attack.source.contains { $0.isLetter }, "\(attack.id)")
            #expect(attack.title.count <= 120, "\(attack.id)")
        }
    }

    @Test func `every case's language has a definition`() throws {
        let languages = LanguageCatalog()
        for attack in catalogue.cases {
            for program in attack.programs {
                #expect(throws: Never.self, "\(attack.id)") {
                    _ = try languages.definition(named: program.program.language)
                }
            }
        }
    }

    @Test func `no case lowers a wall`() {
        for policy in catalogue.cases.flatMap(\.programs).map(\.policy) {
            #expect(policy.network != .host)
            #expect(policy.allowMissing.isEmpty && policy.mounts.isEmpty)
        }
    }

    @Test func `no two cases have one source text`() {
        // Two programs of one case may be the same: the second finds what the first left.
        let sources = catalogue.cases.flatMap { attack in
            Set(attack.programs.map(\.program.source)).filter { !$0.isEmpty }.map { (attack.id, text: $0) }
        }
        for (_, same) in Dictionary(grouping: sources, by: \.text) {
            #expect(same.count == 1, "\(same.map(\.0))")
        }
    }
}
