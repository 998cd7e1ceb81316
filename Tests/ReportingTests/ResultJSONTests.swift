import Foundation
import Reporting
import SandboxModel
import Testing

@Suite struct ResultJSONTests {
    @Test(arguments: SampleBatch.samples.indices)
    func `a result is read back as it was`(index: Int) throws {
        let sample = SampleBatch.samples[index]
        #expect(try ResultJSON.decode(ResultJSON.encode(sample.result)) == sample.result)
        #expect(try ResultJSON.decodeSample(ResultJSON.encode(sample)) == sample)
    }

    @Test func `keys come in their documented order and those without a value are null`() throws {
        let result = ExecutionResult(
            language: "c",
            verdict: .ok,
            limits: Limits(),
            isolation: Isolation(layers: []),
        )
        let text = String(decoding: ResultJSON.encode(result), as: UTF8.self)
        let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map {
            $0.split(separator: "\"")[1]
        }
        #expect(
            keys == [
                "language", "version", "status", "verdict", "success", "timed_out", "exit_code", "signal",
                "signal_name", "stdout", "stdout_encoding", "stdout_truncated", "stdout_bytes", "stderr",
                "stderr_encoding", "stderr_truncated", "stderr_bytes", "execution_time", "error_message",
                "evidence",
                "usage", "limits", "limits_hit", "isolation", "violations", "compile", "files",
                "files_complete", "samples",
            ]
        )
        for key in [
            "version", "signal", "error_message", "evidence", "compile", "private_directory", "cpu_share",
        ] {
            #expect(text.contains("\"\(key)\": null"))
        }
        #expect(text.contains("\"exit_code\": -1"))
    }

    @Test func `a signal is given by number and name`() throws {
        let object = try object(SampleBatch.result(.signaled, weight: 1))
        #expect(object["exit_code"] as? Int == -1)
        #expect(object["signal"] as? Int == 11)
        #expect(object["signal_name"] as? String == "SIGSEGV")
    }

    @Test func `output that is not UTF-8 is base64 and says so`() throws {
        var result = SampleBatch.result(.ok, weight: 1)
        result.stdout = CapturedOutput(bytes: [0xFF, 0x00], truncated: true, total: 10)
        let object = try object(result)
        #expect(object["stdout"] as? String == "/wA=")
        #expect(object["stdout_encoding"] as? String == "base64")
        #expect(object["stdout_truncated"] as? Bool == true)
        #expect(object["stdout_bytes"] as? Int == 10)
        #expect(object["stderr_encoding"] as? String == "utf-8")
    }

    @Test func `times are exact to the nanosecond`() throws {
        var result = SampleBatch.result(.ok, weight: 1)
        result.usage.wallTime = .nanoseconds(1_123_456_789)
        result.usage.cpuTime = .nanoseconds(7)
        let text = String(decoding: ResultJSON.encode(result), as: UTF8.self)
        #expect(text.contains("\"execution_time\": 1.123456789,"))
        #expect(text.contains("\"cpu_time\": 0.000000007,"))
        #expect(try ResultJSON.decode(Data(text.utf8)).usage == result.usage)
    }

    @Test func `a report holds nothing that a terminal would obey`() {
        let bytes = ResultJSON.encode(SampleBatch.hostileSample)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(TerminalText.inert(text) == text)
        #expect(text.contains("\\u001b[2J"))
        #expect(text.contains("\\u202e"))
    }

    @Test(arguments: [
        (#""cpu_time": 0"#, #""cpu_time": 1e300"#), (#""verdict": "ok""#, #""verdict": "fine""#),
        (#""stdout_encoding": "utf-8""#, #""stdout_encoding": "base64""#),
        (#""memory": 0"#, #""memory": -1"#),
    ])
    func `a report with an impossible value is refused`(good: String, bad: String) throws {
        var result = ExecutionResult(
            language: "c",
            verdict: .ok,
            limits: Limits(),
            isolation: Isolation(layers: []),
        )
        result.stdout = CapturedOutput(bytes: Array("*".utf8))
        let text = String(decoding: ResultJSON.encode(result), as: UTF8.self)
        let broken = text.replacingOccurrences(of: good, with: bad)
        #expect(broken != text)
        #expect(throws: DecodingError.self) { try ResultJSON.decode(Data(broken.utf8)) }
    }

    private func object(_ result: ExecutionResult) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: ResultJSON.encode(result)) as? [String: Any])
    }
}
