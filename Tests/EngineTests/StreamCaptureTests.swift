import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

@Suite struct StreamCaptureTests {
    private func capture(
        _ chunks: [String],
        limit: Int,
        _ overflow: OutputOverflow = .kill,
    ) -> CapturedOutput {
        var capture = StreamCapture(limit: .bytes(limit), overflow: overflow)
        for chunk in chunks { _ = capture.take(Array(chunk.utf8)) }
        return capture.captured
    }

    @Test(arguments: OutputOverflow.allCases)
    func `a stream of exactly the limit is whole`(overflow: OutputOverflow) {
        let output = capture(["0123", "", "456789"], limit: 10, overflow)
        #expect(output == CapturedOutput(bytes: Array("0123456789".utf8), truncated: false, total: 10))
    }

    @Test func `beyond the limit the head is kept when the program is killed`() {
        let output = capture(["0123", "456789abc"], limit: 10)
        #expect(output == CapturedOutput(bytes: Array("0123456789".utf8), truncated: true, total: 13))
    }

    @Test func `beyond the limit head and tail are kept when the program runs on`() {
        let output = capture(["0123456789", "ABCDEFGHIJ", "abcdefghij"], limit: 10, .truncate)
        #expect(output.text == "01234\n[… 20 bytes left out …]\nfghij")
        #expect(output.truncated)
        #expect(output.total == 30)
    }

    @Test(
        arguments: [[4, 4, 2], [10], [3, 20], [10, 10, 10], [30], [1, 12, 17]],
        OutputOverflow.allCases,
    )
    func `who watches live is told everything up to the limit, then the tail`(
        sizes: [Int],
        overflow: OutputOverflow,
    ) {
        let text = Array("0123456789ABCDEFGHIJabcdefghij".utf8).prefix(sizes.reduce(0, +))
        var capture = StreamCapture(limit: .bytes(10), overflow: overflow)
        var live: [UInt8] = []
        var rest = text
        for size in sizes {
            live += capture.take(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        #expect(live == Array(text.prefix(10)))
        let beyond = text.count - 10
        let tail = text.suffix(min(5, max(0, beyond)))
        let gap = beyond > 5 ? Array("\n[… \(beyond - 5) bytes left out …]\n".utf8) : []
        #expect(capture.closing == (overflow == .truncate ? gap + tail : []))
    }

    @Test func `the tail is the last of a long stream however it came`() {
        let stream = (0..<200_000).map { UInt8(ascii: "a") + UInt8($0 % 26) }
        for size in [7, 4_096, 200_000] {
            var capture = StreamCapture(limit: .bytes(1_000), overflow: .truncate)
            var rest = stream[...]
            while !rest.isEmpty {
                _ = capture.take(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            let output = capture.captured
            #expect(output.total == 200_000)
            #expect(output.bytes.prefix(500) == stream.prefix(500))
            #expect(output.bytes.suffix(500) == stream.suffix(500))
            #expect(output.text?.contains("[… 199000 bytes left out …]") == true)
        }
    }

    @Test(arguments: 1...8)
    func `a cut never divides a character`(limit: Int) throws {
        for text in ["äöüäöü", "€€€€€€", "🙂🙂🙂🙂"] {
            for overflow in OutputOverflow.allCases {
                let output = capture([text], limit: limit, overflow)
                let kept = try #require(output.text, "\(text) cut at \(limit)")
                #expect(!kept.unicodeScalars.contains("\u{fffd}"))
                #expect(output.total == text.utf8.count)
            }
        }
    }

    @Test func `the bytes left out and those kept are all of them`() throws {
        let output = capture(["ääääääääää"], limit: 7, .truncate)
        let text = try #require(output.text)
        let parts = text.split(separator: "\n")
        let left = try #require(Int(parts[1].split(separator: " ")[1]))
        #expect(parts[0].utf8.count + parts[2].utf8.count + left == output.total)
    }

    @Test func `bytes that are no text are cut where the limit is`() {
        var capture = StreamCapture(limit: .bytes(4), overflow: .kill)
        _ = capture.take([0x80, 0x81, 0x82, 0x83, 0x84, 0x85])
        #expect(capture.captured.bytes == [0x80, 0x81, 0x82, 0x83])
    }

    @Test func `those who watch live see the head and nothing beyond it`() {
        var capture = StreamCapture(limit: .bytes(5), overflow: .kill)
        #expect(Array(capture.take(Array("abc".utf8))) == Array("abc".utf8))
        #expect(!capture.overflowed)
        #expect(Array(capture.take(Array("defg".utf8))) == Array("de".utf8))
        #expect(capture.overflowed)
        #expect(capture.take(Array("h".utf8)).isEmpty)
    }
}
