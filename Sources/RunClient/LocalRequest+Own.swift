package import LocalProtocol
import Places
package import SandboxModel

extension LocalRequest {
    /// A request of this process: of its version, and with the language definitions that its user has.
    ///
    /// - Parameters:
    ///   - program: What to run.
    ///   - file: The source's path, where the service is to name the source or find the language by it.
    ///   - streams: Whether output is sent as it comes.
    ///   - policy: What the program reaches.
    ///   - limits: Ceilings of the run stage.
    ///   - compileLimits: Ceilings of the compile stage; `nil` for the language's own.
    /// - Returns: The request.
    package static func own(
        _ program: Program,
        file: String? = nil,
        streams: Bool,
        policy: Policy,
        limits: Limits,
        compileLimits: Limits? = nil,
    ) -> LocalRequest {
        LocalRequest(
            version: SanderlingVersion.current,
            definitions: UserDirectories.ownLanguages,
            streams: streams,
            program: program,
            file: file,
            policy: policy,
            limits: limits,
            compileLimits: compileLimits,
        )
    }
}
