import SandboxModel

/// A list of isolation layers: `cpu_share_limit,seccomp_recording`.
struct LayerNames: Hashable {
    let layers: [Layer]

    /// Reads a list; hyphens in a name stand for its underscores.
    init(_ text: String) throws(Mistake) {
        var layers: [Layer] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let layer = Layer(rawValue: name.replacing("-", with: "_").lowercased()) else {
                let known = Layer.allCases.map(\.rawValue).joined(separator: ", ")
                throw Mistake("\(name.quoted) is not a layer; the layers are \(known)")
            }
            layers.append(layer)
        }
        self.layers = layers
    }
}
