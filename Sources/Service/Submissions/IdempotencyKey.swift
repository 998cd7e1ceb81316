import Crypto
import Foundation
import Reporting
import SandboxModel

/// A caller's own name for a request, with what tells that request from any other.
struct IdempotencyKey: Sendable {
    /// What the name is looked up by.
    struct Name: Sendable, Hashable {
        var caller: String
        var key: String
    }

    let name: Name
    /// SHA-256 of what is asked for, whatever is granted of it: that may change between a request and the same one again.
    let fingerprint: Data

    /// - Parameters:
    ///   - key: The name; 1 to 255 bytes in UTF-8.
    ///   - caller: Whose it is.
    ///   - requests: What is asked for under it.
    ///   - isBatch: Whether it is asked for together.
    /// - Throws: ``ServiceError`` of code `invalidRequest` for a name that is none.
    init(_ key: String, of caller: Caller, for requests: [SubmissionRequest], isBatch: Bool)
        throws(ServiceError)
    {
        guard (1...255).contains(key.utf8.count) else {
            throw ServiceError(.invalidRequest, "an idempotency key has 1 to 255 characters")
        }
        name = Name(caller: caller.name, key: key)
        var hash = SHA256()
        hash.update(data: Data(JSONValue.bool(isBatch).serialized()))
        for request in requests {
            hash.update(data: SubmissionCoding.encode(request.ungranted))
            let limits: JSONValue = [
                request.limits.json, JSONValue(request.compileLimits) { $0.json },
            ]
            hash.update(data: Data(limits.serialized()))
        }
        fingerprint = Data(hash.finalize())
    }

    /// Refuses another request under the same name.
    ///
    /// - Parameter earlier: The fingerprint of the first.
    /// - Throws: ``ServiceError`` of code `idempotencyMismatch`.
    func check(against earlier: Data) throws(ServiceError) {
        guard earlier == fingerprint else {
            throw ServiceError(
                .idempotencyMismatch,
                "the idempotency key came with another request before",
                mend: "use a new key for a new request",
            )
        }
    }
}

extension SubmissionRequest {
    /// It as a submission, but for its limits.
    fileprivate var ungranted: Submission {
        Submission(
            program: program,
            stdin: stdin,
            policy: policy,
            priority: priority,
            label: label,
            note: note,
        )
    }
}

extension LimitRequest {
    /// Every limit, those that are not named as `null`.
    fileprivate var json: JSONValue {
        [
            "wall_time": JSONValue(wallTime, JSONValue.seconds),
            "cpu_time": JSONValue(cpuTime, JSONValue.seconds),
            "cpu_share": JSONValue(cpuShare, JSONValue.number),
            "memory": JSONValue(memory) { .integer($0.bytes) },
            "processes": JSONValue(processes, JSONValue.integer),
            "output": JSONValue(output) { .integer($0.bytes) },
            "output_overflow": JSONValue(outputOverflow) { .string($0.rawValue) },
            "disk": JSONValue(disk) { .integer($0.bytes) },
            "file_size": JSONValue(fileSize) { .integer($0.bytes) },
            "open_files": JSONValue(openFiles, JSONValue.integer),
            "stack": JSONValue(stack) { .integer($0.bytes) },
        ]
    }
}
