import Catalogue
import RunClient
import SandboxModel

/// The catalogue for people: a line for each attack.
struct AttackList {
    let lines: [String]

    init(_ attacks: [AttackCase], style: Style) {
        var table = TextTable([("CLASS", .left), ("ATTACK", .left), ("TRIES", .left)], style: style)
        for attack in attacks {
            table.add([
                .init(attack.attackClass.rawValue, .dim),
                .init(attack.id, .bold),
                .init(attack.title.onOneLine),
            ])
        }
        lines = table.lines + ["", attacks.count.of("attack")]
    }
}

/// An attack as an object of JSON.
struct AttackRecord: Encodable {
    let attack: AttackCase

    private enum CodingKeys: String, CodingKey {
        case id
        case attackClass = "class"
        case title, source, languages, walls, together, because
    }

    /// Keys without a value are `null`, never absent.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(attack.id, forKey: .id)
        try container.encode(attack.attackClass, forKey: .attackClass)
        try container.encode(attack.title, forKey: .title)
        try container.encode(attack.source, forKey: .source)
        try container.encode(attack.programs.map(\.program.language), forKey: .languages)
        try container.encode(attack.walls.names.map(\.name), forKey: .walls)
        try container.encode(attack.walls.together, forKey: .together)
        try container.encode(attack.walls.because, forKey: .because)
    }
}
