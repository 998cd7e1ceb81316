/// A filter as the kernel would run it: the part of classic BPF that seccomp(2) takes.
struct FilterProgram {
    enum Failure: Error { case invalid(code: UInt16, at: Int) }

    private struct Instruction {
        var code: UInt16
        var whenTrue: UInt8
        var whenFalse: UInt8
        var operand: UInt32
    }

    private let instructions: [Instruction]

    var count: Int { instructions.count }

    init(_ bytes: [UInt8]) {
        func word(_ start: Int) -> UInt32 {
            bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        instructions = stride(from: 0, to: bytes.count - 7, by: 8).map { start in
            Instruction(
                code: UInt16(truncatingIfNeeded: word(start)),
                whenTrue: bytes[start + 2],
                whenFalse: bytes[start + 3],
                operand: word(start + 4),
            )
        }
    }

    /// What the filter returns for a call.
    func action(_ number: UInt32, _ arguments: [UInt64] = [], architecture: UInt32) throws -> UInt32 {
        // struct seccomp_data as 32-bit words: number, architecture, instruction pointer, six arguments.
        let padded = arguments + Array(repeating: 0, count: 6 - arguments.count)
        var data: [UInt32] = [number, architecture, 0, 0]
        for argument in padded {
            data.append(UInt32(truncatingIfNeeded: argument))
            data.append(UInt32(truncatingIfNeeded: argument >> 32))
        }
        var accumulator: UInt32 = 0
        var scratch = Array(repeating: UInt32(0), count: 16)
        var index = 0
        while instructions.indices.contains(index) {
            let instruction = instructions[index]
            let operand = instruction.operand
            index += 1
            var holds: Bool?
            switch instruction.code {
            case 0x20 where operand % 4 == 0 && operand < 64: accumulator = data[Int(operand / 4)]
            case 0x00: accumulator = operand
            case 0x02 where operand < 16: scratch[Int(operand)] = accumulator
            case 0x60 where operand < 16: accumulator = scratch[Int(operand)]
            case 0x54: accumulator &= operand
            case 0x05: index += Int(operand)
            case 0x15: holds = accumulator == operand
            case 0x25: holds = accumulator > operand
            case 0x35: holds = accumulator >= operand
            case 0x45: holds = accumulator & operand != 0
            case 0x06: return operand
            default: throw Failure.invalid(code: instruction.code, at: index - 1)
            }
            if let holds { index += Int(holds ? instruction.whenTrue : instruction.whenFalse) }
        }
        throw Failure.invalid(code: 0, at: index)
    }
}
