import SandboxModel
import Testing

struct HexadecimalTests {
    @Test func `bytes have two digits each, and numbers sixteen`() {
        #expect([0x00, 0x0F, 0xA0, 0xFF].hexadecimal == "000fa0ff")
        #expect([UInt8]().hexadecimal == "")
        #expect(UInt64(0).hexadecimal == "0000000000000000")
        #expect(UInt64(0x0123_4567_89AB_CDEF).hexadecimal == "0123456789abcdef")
        #expect(UInt64.max.hexadecimal == "ffffffffffffffff")
    }
}
