import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

@Suite struct LayerRequirementsTests {
    private func report(_ layer: Layer, _ detail: String = "not there", mend: String? = "add it") -> [Layer:
        LayerReport]
    {
        [layer: LayerReport(layer: layer, isEnforced: false, detail: detail, mend: mend)]
    }

    private let requirements = LayerRequirements(policy: Policy(), limits: Limits())

    @Test func `the default policy requires every layer but those it has no use for`() {
        #expect(Set(Layer.allCases).subtracting(requirements.required) == [.landlockScope, .cpuShareLimit])
    }

    @Test func `a share of processors requires its controller`() {
        let required = LayerRequirements(policy: Policy(), limits: Limits(cpuShare: 0.5)).required
        #expect(required.contains(.cpuShareLimit))
    }

    @Test func `the host's network requires the scope instead of the namespace`() {
        let required = LayerRequirements(policy: Policy(network: .host), limits: Limits()).required
        #expect(required.contains(.landlockScope))
        #expect(!required.contains(.networkNamespace))
    }

    @Test func `a host with everything gives everything`() throws {
        let settled = try requirements.settle(unavailable: [:], allowMissing: [])
        #expect(settled.layers == requirements.required)
        #expect(settled.missing.isEmpty)
    }

    @Test(arguments: Layer.allCases)
    func `a missing layer that is required refuses, with its name and its mend`(layer: Layer) throws {
        let requirements = LayerRequirements(
            policy: Policy(network: layer == .landlockScope ? .host : .none),
            limits: Limits(cpuShare: 1),
        )
        let error = try #require(throws: SandboxError.self) {
            try requirements.settle(unavailable: report(layer), allowMissing: [])
        }
        #expect(error.code == .layerUnavailable)
        #expect(error.layers == [layer])
        #expect(error.message.contains(layer.rawValue))
        #expect(error.mend == "add it")
    }

    @Test func `a missing layer that the caller named is listed as missing and not as in force`() throws {
        let settled = try requirements.settle(
            unavailable: report(.memoryLimit),
            allowMissing: [.memoryLimit],
        )
        #expect(settled.missing == [.memoryLimit])
        #expect(!settled.layers.contains(.memoryLimit))
        #expect(settled.layers.count == requirements.required.count - 1)
    }

    @Test func `naming one layer does not excuse another`() throws {
        let unavailable = report(.memoryLimit).merging(report(.processLimit)) { first, _ in first }
        let error = try #require(throws: SandboxError.self) {
            try requirements.settle(unavailable: unavailable, allowMissing: [.memoryLimit, .landlock])
        }
        #expect(error.layers == [.processLimit])
    }

    @Test func `a missing layer that is not required is no matter`() throws {
        let settled = try requirements.settle(unavailable: report(.cpuShareLimit), allowMissing: [])
        #expect(settled.missing.isEmpty)
    }

    @Test func `a layer that is there stays in force even when its absence would be accepted`() throws {
        let settled = try requirements.settle(unavailable: [:], allowMissing: Set(Layer.allCases))
        #expect(settled.layers == requirements.required)
    }
}
