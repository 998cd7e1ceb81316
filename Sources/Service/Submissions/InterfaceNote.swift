package import Foundation

/// What an interface other than the native one keeps with a submission, for when it is asked about it.
package struct InterfaceNote: Sendable, Hashable, Codable {
    /// The interface's name, by which its submissions can be listed.
    package var interface: String
    /// What it counts its submissions by, such as a number of a language; `nil` for one that counts none.
    package var group: String?
    /// What it keeps; means nothing to the service.
    package var contents: Data

    package init(interface: String, group: String? = nil, contents: Data) {
        self.interface = interface
        self.group = group
        self.contents = contents
    }
}
