import Glibc
import LaunchProtocol
import LinuxKernel

/// Makes cells when the host asks for them, and tells it when they are gone.
///
/// When the host goes away, however it ends, the connection ends, and the launcher takes every cell with it.
struct Launcher: ~Copyable {
    private let connection: MessageSocket
    private let childSignals: Descriptor
    private let yard: Yard
    /// Cells that live, by the pid of their init.
    private var cells: [Int32: UInt32] = [:]

    /// Greets the host and moves into the yard.
    init(connection: consuming MessageSocket) throws {
        try connection.send(LauncherReply.hello(identity: Launch.identity).wireBytes)
        let yard: Yard
        do {
            yard = try Yard(askedBy: connection)
        } catch {
            try connection.send(LauncherReply.yardFailed(error).wireBytes)
            throw error
        }
        let childSignals = try Process.childSignals()
        try connection.send(LauncherReply.yardReady.wireBytes)
        self.yard = yard
        self.childSignals = childSignals
        self.connection = connection
    }

    /// Serves the host until it goes away.
    mutating func run() throws {
        var poll = Poll()
        let request = poll.add(connection.descriptor.number, POLLIN)
        let child = poll.add(childSignals.number, POLLIN)
        while true {
            try poll.wait()
            if poll.isReady(child) { try reapCells() }
            if poll.isReady(request) {
                guard let message = try connection.receive(wait: false) else { continue }
                guard !message.bytes.isEmpty else { break }
                try serve(message)
            }
        }
        for pid in cells.keys { _ = kill(pid, SIGKILL) }
    }

    private mutating func serve(_ message: MessageSocket.Received) throws {
        defer { for number in message.descriptors { _ = Descriptor(owning: number) } }
        guard case .makeCell(let number, let plan) = try LauncherRequest(wireBytes: message.bytes) else {
            throw MalformedMessage()
        }
        do {
            try makeCell(number, plan, message.descriptors)
        } catch {
            // What goes wrong with one cell must not end the others, as the launcher's end would.
            let failure =
                switch error {
                case let failure as LaunchFailure: failure
                case let error as KernelError: LaunchFailure(stage: .initProcess, error)
                default: LaunchFailure(stage: .initProcess, call: "recvmsg", number: EBADMSG)
                }
            try connection.send(LauncherReply.cellFailed(number: number, failure: failure).wireBytes)
        }
    }

    private mutating func makeCell(_ number: UInt32, _ plan: CellPlan, _ descriptors: [Int32]) throws {
        guard descriptors.count >= CellPlan.DescriptorPlace.first else {
            throw LaunchFailure(stage: .initProcess, call: "recvmsg", number: EMFILE)
        }
        let gate = try Pipe()
        let side: Process.Side
        do {
            side = try Process.clone(into: Namespaces(rawValue: plan.namespaces))
        } catch {
            throw LaunchFailure(stage: .namespaces, error)
        }
        switch consume side {
        case .child:
            CellInit.main(plan, descriptors, gate: gate, yard: yard)
        case .parent(let pid, let handle):
            do {
                if Namespaces(rawValue: plan.namespaces).contains(.user) { try yard.mapIdentities(of: pid) }
                try File.write([1], to: gate.writeEnd)
            } catch {
                _ = kill(pid, SIGKILL)
                throw LaunchFailure(stage: .identities, error)
            }
            cells[pid] = number
            try connection.send(
                LauncherReply.cellMade(number: number).wireBytes,
                descriptors: [handle.number],
            )
        }
    }

    private mutating func reapCells() throws {
        _ = try? File.read(childSignals, capacity: 4_096)
        while let (pid, _) = try Process.reap() {
            // A cell whose ids could not be mapped was never announced.
            guard let number = cells.removeValue(forKey: pid) else { continue }
            // A host that is gone is noticed by the end of its connection.
            try? connection.send(LauncherReply.cellEnded(number: number).wireBytes)
        }
    }
}

extension LaunchFailure {
    /// The failure of a system call at `stage`.
    init(stage: Stage, _ error: KernelError, index: Int = 0) {
        self.init(stage: stage, call: error.call, number: error.number, index: UInt32(index))
    }
}
