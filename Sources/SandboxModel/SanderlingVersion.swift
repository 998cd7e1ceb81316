/// The version of Sanderling, which all its executables are of; see CHANGELOG.md.
package enum SanderlingVersion {
    package static let current = "0.1.0"
}
