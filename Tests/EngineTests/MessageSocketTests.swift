import Glibc
import LinuxKernel
import Testing

@Suite struct MessageSocketTests {
    @Test func `who has been told to does not wait for ever`() throws {
        let pair = try MessageSocket.Pair()
        let one = MessageSocket(pair.first)
        let other = MessageSocket(pair.second)
        try one.limitWait(seconds: 1)
        do throws(KernelError) {
            _ = try one.receive()
            Issue.record("it received what nobody has sent")
        } catch {
            #expect(error == KernelError(call: "recvmsg", number: EAGAIN))
        }
        try other.send([1, 2, 3])
        let received = try one.receive()
        #expect(received?.bytes == [1, 2, 3])
    }

    /// As of a peer that refuses the first of two requests, and goes.
    @Test func `what was said before the end is heard, also when the other side has left something unread`()
        throws
    {
        for looksFirst in [false, true] {
            let pair = try MessageSocket.Pair()
            let one = MessageSocket(pair.first)
            let other = MessageSocket(pair.second)
            try one.send([1])
            try other.send([2])
            close(other.release())
            if looksFirst {
                let hasHungUp = one.hasHungUp
                #expect(!hasHungUp)
            }
            let last = try one.receive()
            #expect(last?.bytes == [2])
            let hasHungUp = one.hasHungUp
            #expect(hasHungUp)
            let end = try one.receive()
            #expect(end?.bytes == [])
        }
    }
}
