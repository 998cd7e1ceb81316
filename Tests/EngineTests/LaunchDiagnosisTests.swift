import Glibc
import LaunchProtocol
import SandboxModel
import Testing

@testable import Sanderling

@Suite struct LaunchDiagnosisTests {
    @Test(arguments: [LaunchFailure.Stage.yard, .namespaces, .mountTree, .initProcess])
    func `a process that cannot be had is no missing layer`(stage: LaunchFailure.Stage) throws {
        let error = LaunchDiagnosis.error(for: LaunchFailure(stage: stage, call: "clone3", number: EAGAIN))
        #expect(error.code == .noCapacity)
        #expect(error.layers.isEmpty)
        #expect(try #require(error.mend).contains("ulimit -u"))
    }

    @Test func `a descriptor that cannot be had is told with its limit`() throws {
        let error = LaunchDiagnosis.error(
            for: LaunchFailure(stage: .initProcess, call: "open_tree", number: EMFILE)
        )
        #expect(error.code == .noCapacity)
        #expect(try #require(error.mend).contains("ulimit -n"))
    }

    @Test func `a namespace forbidden by its number is a missing layer`() throws {
        let error = LaunchDiagnosis.error(for: LaunchFailure(stage: .yard, call: "unshare", number: ENOSPC))
        #expect(error.code == .layerUnavailable)
        #expect(error.layers == [.userNamespace])
        #expect(try #require(error.mend).contains("user.max_user_namespaces"))
    }
}
