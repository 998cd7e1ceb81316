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
}
