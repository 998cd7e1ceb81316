import SandboxModel
import Yams

/// What a `sandbox` mapping sets, on top of the one above.
struct SandboxSettings {
    var policy = Policy()
    var audit = false
}

extension BatchReader {
    /// Reads a `sandbox` mapping; each key it has replaces that of `base`, the others stay.
    mutating func sandbox(_ fields: Fields, over base: SandboxSettings) -> SandboxSettings {
        var settings = base
        if let network = network(fields["allow_network"]) { settings.policy.network = network }
        if let allowed = flag(fields["allow_filesystem"]) {
            settings.policy.filesystem = allowed ? .scratch : .none
        }
        if let denied = modules(fields["restricted_modules"]) { settings.policy.modules.denied = denied }
        if let allowed = modules(fields["allowed_modules"]) { settings.policy.modules.allowed = allowed }
        if let entry = fields["mounts"] { settings.policy.mounts = mounts(entry) }
        if let entry = fields["allow_missing"] { settings.policy.allowMissing = layers(entry) }
        if let entry = fields["isolation"],
            let kind = word(entry, entry.value, among: IsolationKind.allCases, called: "a kind of isolation")
        {
            settings.policy.isolation = kind
        }
        if let audit = flag(fields["audit"]) { settings.audit = audit }
        return settings
    }

    private mutating func network(_ entry: Fields.Entry?) -> NetworkAccess? {
        guard let entry else { return nil }
        if entry.value.scalar?.string == "loopback" { return .loopback }
        guard let shared = entry.value.truth else {
            wrongTruth(entry, "false, loopback or true")
            return nil
        }
        return shared ? .host : NetworkAccess.none
    }

    private mutating func modules(_ entry: Fields.Entry?) -> [String]? {
        guard let entry, let names = texts(entry) else { return nil }
        for name in names
        where name.isEmpty || name.hasPrefix(".") || name.hasSuffix(".")
            || name.contains(where: { $0.isWhitespace || $0 == "," || $0 == "*" })
        {
            mistake(entry.value.position, "\(entry.key): \(name.quoted) is not a module's name")
        }
        return names
    }

    private mutating func layers(_ entry: Fields.Entry) -> Set<Layer> {
        guard let list = entry.value.sequence else {
            wrongType(entry, "a list of layers, such as [cpu_share_limit]")
            return []
        }
        return Set(list.compactMap { word(entry, $0, among: Layer.allCases, called: "a layer") })
    }

    private mutating func mounts(_ entry: Fields.Entry) -> [Mount] {
        guard let list = entry.value.sequence else {
            wrongType(entry, "a list of mounts, such as [{source: data, destination: /data}]")
            return []
        }
        var mounts: [Mount] = []
        var places: [(source: BatchPosition, destination: BatchPosition)] = []
        for node in list {
            let item = Fields.Entry(key: entry.key, position: entry.position, value: node)
            guard let fields = fields(item, of: .mount) else { continue }
            for key in ["source", "destination"] where fields[key] == nil {
                mistake(fields.position, "a mount needs '\(key)'")
            }
            let writable = flag(fields["writable"]) ?? false
            let (source, destination) = (text(fields["source"]), text(fields["destination"]))
            guard let source, let destination else { continue }
            mounts.append(Mount(source: absolute(source), destination: destination, writable: writable))
            places.append(
                (
                    source: fields["source"]?.value.position ?? fields.position,
                    destination: fields["destination"]?.value.position ?? fields.position,
                )
            )
        }
        for problem in MountProblem.problems(of: mounts) {
            switch problem.side {
            case .source: mistake(places[problem.index].source, "source: \(problem.error)")
            case .destination: mistake(places[problem.index].destination, "destination: \(problem.error)")
            }
        }
        return mounts
    }
}
