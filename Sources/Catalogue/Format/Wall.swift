package import SandboxModel

/// What stands in the way of an attack: a layer, or a part of Sanderling's own that no layer names.
package enum Wall: Sendable, Hashable {
    /// A layer of the kernel's.
    case layer(Layer)
    /// A part of Sanderling's own.
    case part(Part)

    /// The parts of Sanderling that hold something back by themselves.
    package enum Part: String, Sendable, Hashable, CaseIterable {
        /// The sandbox's init can be neither signalled nor read.
        case initProtection = "init_protection"
        /// Files come out along paths that no program can redirect.
        case collection
        /// The module guard.
        case `guard`
        /// Output is read to a bound, whoever holds the pipe.
        case capture
        /// Files that can be written are in file systems of a bounded size, with a bounded number of names.
        case diskLimit = "disk_limit"
        /// The verdict is read from evidence.
        case verdict
        /// What one program compiles to becomes no other's.
        case cache
        /// What is shown to people is inert.
        case escaping
    }

    /// Every wall's name: those of ``/SandboxModel/Layer``, then those of ``Part``.
    package static var names: [String] { Layer.allCases.map(\.rawValue) + Part.allCases.map(\.rawValue) }

    /// The wall of that name.
    package init?(name: String) {
        if let layer = Layer(rawValue: name) {
            self = .layer(layer)
        } else if let part = Part(rawValue: name) {
            self = .part(part)
        } else {
            return nil
        }
    }

    /// The wall's name.
    package var name: String {
        switch self {
        case .layer(let layer): layer.rawValue
        case .part(let part): part.rawValue
        }
    }
}
