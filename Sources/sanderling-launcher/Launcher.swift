import Glibc
import LaunchProtocol
import LinuxKernel

/// Makes cells when the host asks for them.
///
/// When the host goes away, however it ends, the connection ends, and the launcher takes every cell with it.
struct Launcher: ~Copyable {
    private let connection: MessageSocket
    private let childSignals: Descriptor
    /// `nil` for a launcher of fences or containers, which stays in the host's namespaces.
    private let yard: Yard?
    /// The launcher's own mount namespace.
    private let home: Descriptor
    /// What cells begin with, by number.
    private var trees: [UInt32: BaseTree] = [:]
    /// The inits of the cells that live, and the zygotes.
    private var children: Set<Int32> = []

    /// Greets the host and moves into the yard.
    init(connection: consuming MessageSocket) throws {
        try connection.send(LauncherReply.hello(identity: Launch.identity).wireBytes)
        let yard: Yard?
        let tools: Tools
        do throws(LaunchFailure) {
            yard = try Yard(askedBy: connection)
            // A fence has no namespace that would end with its init, and a container's init may lose its runtime.
            tools = try Tools.take(isSubreaper: yard == nil)
        } catch {
            try connection.send(LauncherReply.yardFailed(error).wireBytes)
            throw error
        }
        try connection.send(LauncherReply.yardReady.wireBytes)
        self.yard = yard
        home = tools.home
        childSignals = tools.childSignals
        self.connection = connection
    }

    /// What the launcher takes of the host before it serves.
    private struct Tools: ~Copyable {
        let childSignals: Descriptor
        let home: Descriptor

        /// Takes them; a launcher without a yard becomes a subreaper.
        static func take(isSubreaper: Bool) throws(LaunchFailure) -> Tools {
            do throws(KernelError) {
                if isSubreaper { try Process.becomeSubreaper() }
                let childSignals = try Process.childSignals()
                return Tools(childSignals: childSignals, home: try File.open("/proc/self/ns/mnt", O_RDONLY))
            } catch {
                throw LaunchFailure(stage: .initProcess, error)
            }
        }
    }

    /// Serves the host until it goes away.
    mutating func run() throws {
        Rehearsal.run()
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
        guard yard == nil else {
            for pid in children { _ = kill(pid, SIGKILL) }
            return
        }
        try endFences()
    }

    private mutating func serve(_ message: MessageSocket.Received) throws {
        defer { for number in message.descriptors { _ = Descriptor(owning: number) } }
        let request = try LauncherRequest(wireBytes: message.bytes)
        if case .dropTree(let number) = request {
            if let tree = trees.removeValue(forKey: number) { close(tree.namespace) }
            return
        }
        // Without its connection nothing can be told of what is made, and the host, which sees it end, gives up.
        guard message.descriptors.count >= CellPlan.DescriptorPlace.first else { return }
        let control = message.descriptors[CellPlan.DescriptorPlace.control]
        do {
            switch request {
            case .makeCell(let plan): try makeCell(plan, message.descriptors)
            case .makeZygote(let plan): try makeZygote(plan, message.descriptors)
            case .makeFence(let plan): try makeFence(plan, message.descriptors)
            case .startRuntime(let plan): try startRuntime(plan, message.descriptors)
            case .makeTree(let number, let steps):
                trees[number] = try BaseTree(steps, message.descriptors, leavingFor: home)
                try at(.mountTree) { () throws(KernelError) in try tell(.made, on: control) }
            case .enterYard, .stayOutside, .yardMapped, .dropTree: throw MalformedMessage()
            }
        } catch let error as LaunchFailure {
            // What goes wrong with one cell must not end the others, as the launcher's end would. A host that has lost
            // interest meanwhile is no failure.
            try? tell(.failed(error), on: control)
        }
    }

    /// Makes a cell and lets it go on once the host has been told of it.
    private mutating func makeCell(_ plan: CellPlan, _ descriptors: [Int32]) throws(LaunchFailure) {
        guard let yard, let tree = trees[plan.base] else {
            throw LaunchFailure(stage: .mountTree, call: "setns", number: ENOENT)
        }
        let gate = try at(.initProcess) { () throws(KernelError) in try Pipe() }
        let side = try at(.namespaces) { () throws(KernelError) in
            try clone(into: Namespaces(rawValue: plan.namespaces), from: tree)
        }
        switch consume side {
        case .child:
            CellInit.main(plan, descriptors, gate: gate, yard: yard)
        case .parent(let pid, let handle):
            children.insert(pid)
            do {
                try Process.enter(.mount, home.number)
                if Namespaces(rawValue: plan.namespaces).contains(.user) { try yard.mapIdentities(of: pid) }
                let control = descriptors[CellPlan.DescriptorPlace.control]
                try tell(.made, on: control, descriptors: [handle.number])
                try File.write([1], to: gate.writeEnd)
            } catch {
                _ = kill(pid, SIGKILL)
                throw LaunchFailure(stage: .identities, error)
            }
        }
    }

    /// A new process whose mount namespace is a copy of `tree`'s, in which the launcher then is as well.
    private func clone(into namespaces: Namespaces, from tree: BaseTree) throws(KernelError) -> Process.Side {
        try Process.enter(.mount, tree.namespace)
        let side: Process.Side
        do throws(KernelError) {
            side = try Process.clone(into: namespaces)
        } catch {
            try Process.enter(.mount, home.number)
            throw error
        }
        return side
    }

    /// Starts a zygote, which tells the host itself when it is ready; that it is not, the host sees by its end.
    private mutating func makeZygote(_ plan: ZygotePlan, _ descriptors: [Int32]) throws(LaunchFailure) {
        let gate = try at(.initProcess) { () throws(KernelError) in try Pipe() }
        let side = try at(.namespaces) { () throws(KernelError) in
            try Process.clone(into: Namespaces(rawValue: plan.namespaces))
        }
        switch consume side {
        case .child: ZygoteProcess(plan, descriptors).run(gate: gate)
        case .parent(let pid, let handle):
            children.insert(pid)
            let control = descriptors[CellPlan.DescriptorPlace.control]
            try at(.initProcess) { () throws(KernelError) in
                try tell(.made, on: control, descriptors: [handle.number])
                try File.write([1], to: gate.writeEnd)
            }
        }
    }

    /// Makes a fence and lets it go on once the host has been told of it.
    private mutating func makeFence(_ plan: FencePlan, _ descriptors: [Int32]) throws(LaunchFailure) {
        guard yard == nil else { throw LaunchFailure(stage: .initProcess, call: "clone3", number: EINVAL) }
        let gate = try at(.initProcess) { () throws(KernelError) in try Pipe() }
        let side = try at(.initProcess) { () throws(KernelError) in try Process.clone(into: []) }
        switch consume side {
        case .child: CellInit.main(plan, descriptors, gate: gate)
        case .parent(let pid, let handle):
            children.insert(pid)
            let control = descriptors[CellPlan.DescriptorPlace.control]
            try at(.initProcess) { () throws(KernelError) in
                try tell(.made, on: control, descriptors: [handle.number])
                try File.write([1], to: gate.writeEnd)
            }
        }
    }

    /// Starts an OCI runtime and lets it go on once the host has been told of it.
    private mutating func startRuntime(_ plan: RuntimePlan, _ descriptors: [Int32]) throws(LaunchFailure) {
        guard yard == nil, descriptors.count > RuntimePlan.messages else {
            throw LaunchFailure(stage: .initProcess, call: "clone3", number: EINVAL)
        }
        let gate = try at(.initProcess) { () throws(KernelError) in try Pipe() }
        let side = try at(.initProcess) { () throws(KernelError) in try Process.clone(into: []) }
        switch consume side {
        case .child: RuntimeProcess(plan, descriptors).run(gate: gate)
        case .parent(let pid, let handle):
            children.insert(pid)
            let control = descriptors[CellPlan.DescriptorPlace.control]
            try at(.initProcess) { () throws(KernelError) in
                try tell(.made, on: control, descriptors: [handle.number])
                try File.write([1], to: gate.writeEnd)
            }
        }
    }

    private func tell(_ reply: CellReply, on control: Int32, descriptors: [Int32] = []) throws(KernelError) {
        try MessageSocket.borrowing(control) { socket throws(KernelError) in
            try socket.send(reply.wireBytes, descriptors: descriptors)
        }
    }

    private func at<Result: ~Copyable>(
        _ stage: LaunchFailure.Stage,
        _ step: () throws(KernelError) -> Result,
    ) throws(LaunchFailure) -> Result {
        do {
            return try step()
        } catch {
            throw LaunchFailure(stage: stage, error)
        }
    }

    private mutating func reapCells() throws {
        _ = try? File.read(childSignals, capacity: 4_096)
        while let (pid, _) = try Process.reap() { children.remove(pid) }
        // Whoever is left of a fence whose init, or of a container whose runtime, was killed has become this process's child;
        // it is seen again when it ends.
        if yard == nil { Strays.kill(except: children) }
    }

    /// Waits for the inits of fences and for runtimes, which end by themselves when the host has gone, and for what is left
    /// of others.
    private mutating func endFences() throws {
        let deadline = MonotonicClock.now + Self.patience
        while !children.isEmpty || Strays.kill(except: children) > 0 {
            if MonotonicClock.now >= deadline {
                for pid in children { _ = kill(pid, SIGKILL) }
                children = []
            }
            var waiting = Poll()
            waiting.add(childSignals.number, POLLIN)
            try waiting.wait(until: MonotonicClock.now + 100_000_000)
            try reapCells()
        }
    }

    /// Longer than any clean-up of a fence's init takes, in nanoseconds.
    private static let patience: UInt64 = 10_000_000_000
}

extension LaunchFailure {
    /// The failure of a system call at `stage`.
    init(stage: Stage, _ error: KernelError, index: Int = 0) {
        self.init(stage: stage, call: error.call, number: error.number, index: UInt32(index))
    }
}
