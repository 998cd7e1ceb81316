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
            let isAlone = Self.isAlone(one)
            #expect(isAlone)
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

    /// Waits, for at most a minute, until the other end is closed.
    ///
    /// Another test may be starting a process in this moment, which holds a copy of every descriptor until it calls execve(2).
    private static func isAlone(_ socket: borrowing MessageSocket) -> Bool {
        var end = pollfd(fd: socket.descriptor.number, events: 0, revents: 0)
        return poll(&end, 1, 60_000) == 1 && end.revents & Int16(POLLHUP) != 0
    }
}
