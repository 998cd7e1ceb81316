package import Foundation

/// What an interface other than the native one keeps with a submission, for when it is asked about it.
package struct InterfaceNote: Sendable, Hashable, Codable {
    /// The interface's name, by which its submissions can be listed.
    package var interface: String
    /// What it keeps; means nothing to the service.
    package var contents: Data

    package init(interface: String, contents: Data) {
        self.interface = interface
        self.contents = contents
    }
}
