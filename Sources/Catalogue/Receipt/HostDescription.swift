import Foundation
import Glibc
import LinuxKernel

/// The machine that attacks were run on.
package struct HostDescription: Sendable, Hashable, Codable {
    /// Its name.
    package var name: String
    /// Its distribution, as `/etc/os-release` calls itself.
    package var system: String
    /// Its processors' kind, as `uname -m` has it.
    package var architecture: String
    /// How many processors it has.
    package var processors: Int
    /// Its memory, in bytes.
    package var memory: Int
    /// Whether the attacks were run by root.
    package var root: Bool

    /// A description.
    package init(
        name: String,
        system: String,
        architecture: String,
        processors: Int,
        memory: Int,
        root: Bool,
    ) {
        self.name = name
        self.system = system
        self.architecture = architecture
        self.processors = processors
        self.memory = memory
        self.root = root
    }

    /// This machine, and its kernel's release.
    package static func current() -> (host: Self, kernel: String) {
        var names = utsname()
        uname(&names)
        let release = ((try? File.text(at: "/etc/os-release")) ?? "").split(separator: "\n")
        let title = release.first { $0.hasPrefix("PRETTY_NAME=") }?.dropFirst("PRETTY_NAME=".count)
        let host = Self(
            name: text(&names.nodename),
            system: title.map { $0.trimmingCharacters(in: ["\"", "'"]) } ?? "Linux",
            architecture: text(&names.machine),
            processors: ProcessInfo.processInfo.activeProcessorCount,
            memory: Int(clamping: ProcessInfo.processInfo.physicalMemory),
            root: geteuid() == 0,
        )
        return (host, text(&names.release))
    }

    /// The text in one of the fields of uname(2), which end in NUL.
    private static func text<Field>(_ field: inout Field) -> String {
        withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
