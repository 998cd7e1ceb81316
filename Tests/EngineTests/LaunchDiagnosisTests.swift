import Glibc
import LaunchProtocol
import SandboxModel
import Testing

@testable import SandboxEngine
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
        #expect(try #require(error.mend).contains("kernel.unprivileged_userns_clone=1"))
    }

    private static let all = IdentityMap("         0          0 4294967295\n")

    @Test(arguments: [
        ("", false),
        ("         0          0          1\n", false),
        ("         0     100000      65536\n", true),
        ("         0          0 4294967295\n", true),
        ("0 0 1000\n1000 5000 1000\n", true),
        ("1000 5000 1000\n0 0 1000\n", true),
        // All of them, but not in one line.
        ("0 0 1500\n1500 5000 1000\n", false),
        ("1001 0 4000\n", false),
        ("0 0 1999\n", false),
        ("1000 0 1000 7\n", false),
        ("1000 0 many\n", false),
    ])
    func `root may give what its own user namespace has in one line`(text: String, has: Bool) throws {
        #expect(IdentityMap(text).contains(1000..<2000) == has)
        for (users, groups) in [(IdentityMap(text), Self.all), (Self.all, IdentityMap(text))] {
            let refusal = LaunchDiagnosis.refusal(lacking: 1000..<2000, users: users, groups: groups)
            #expect((refusal == nil) == has)
            guard let refusal else { continue }
            #expect(refusal.code == .layerUnavailable)
            #expect(refusal.layers == [.userNamespace])
            #expect(refusal.message.contains("1000 to 1999"))
            let mend = try #require(refusal.mend)
            #expect(mend.contains("ordinary user"))
            // Neither helps there.
            #expect(!mend.contains("sysctl") && !mend.contains("landlock"))
        }
    }

    @Test func `an owner that is not mapped is told with where it must be`() throws {
        let error = LaunchDiagnosis.error(
            for: LaunchFailure(stage: .credentials, call: "lchown", number: EINVAL)
        )
        #expect(error.layers == [.capabilities])
        #expect(try #require(error.mend).contains("1610612736"))
        let other = LaunchDiagnosis.error(
            for: LaunchFailure(stage: .credentials, call: "lchown", number: EPERM)
        )
        #expect(other.mend == nil)
    }
}
