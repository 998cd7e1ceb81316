import Glibc
import RunClient
import Testing

@testable import SanderlingCLI

/// What becomes of standard streams that whoever started the command has closed.
@Suite struct StandardDescriptorTests {
    @Test func `a closed descriptor is taken before anything else can have its number`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            for number in STDIN_FILENO...STDERR_FILENO { close(number) }
            StandardDescriptors.occupy()
            var byte: UInt8 = 0
            // _exit: the test library would report on the streams that are gone.
            guard open("/dev/null", O_RDONLY) > STDERR_FILENO else { _exit(1) }
            guard read(STDIN_FILENO, &byte, 1) == 0 else { _exit(2) }
            guard write(STDOUT_FILENO, &byte, 1) == 1, write(STDERR_FILENO, &byte, 1) == 1 else { _exit(3) }
            _exit(0)
        }
    }

    @Test func `an open descriptor is left alone`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0, dup2(ends[1], STDOUT_FILENO) == STDOUT_FILENO else { _exit(1) }
            StandardDescriptors.occupy()
            var byte: UInt8 = 7
            guard write(STDOUT_FILENO, &byte, 1) == 1, read(ends[0], &byte, 1) == 1 else { _exit(2) }
            _exit(0)
        }
    }
}
