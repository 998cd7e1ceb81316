import Reporting
import SandboxModel
import Service

/// A list that is refused when it would be too large: a hundred submissions can have gigabytes of output.
struct BoundedList {
    /// Bytes of all members.
    private let most: ByteCount
    private var left: Int
    private var members: [JSONValue] = []

    init(most: ByteCount = .mebibytes(64)) {
        self.most = most
        left = most.bytes
    }

    /// Adds a member.
    ///
    /// - Throws: ``/Service/ServiceError`` of code `invalidRequest` when it has no room.
    mutating func append(_ member: JSONValue) throws(ServiceError) {
        let text = member.serialized()
        guard text.count <= left else {
            throw ServiceError(
                .invalidRequest,
                "the answer would be larger than \(most.written)",
                mend: "ask for fewer submissions at once, or for fewer fields",
            )
        }
        left -= text.count
        members.append(.text(text))
    }

    var json: JSONValue { .array(members) }
}
