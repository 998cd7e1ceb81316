import Testing

@testable import SandboxEngine
@testable import Sanderling

@Suite struct CgroupPlacementTests {
    private func mount(
        _ root: String,
        _ path: String,
        _ type: String,
        _ options: String,
        tags: String = "shared:9",
    )
        -> String
    {
        "30 25 0:26 \(root) \(path) rw,nosuid,nodev,noexec,relatime \(tags) - \(type) cgroup rw,\(options)\n"
    }

    private func parse(
        _ membership: String,
        _ mounts: String,
        controllers: [String: String] = [:],
    ) -> CgroupPlacement {
        CgroupPlacement.parse(membership: membership, mounts: mounts, controllersOf: { controllers[$0] })
    }

    @Test func `each controller of v1 has its own hierarchy`() {
        let placement = parse(
            "4:memory:/a/b\n3:pids:/\n2:cpuacct:/c\n1:cpu:/d\n",
            mount("/", "/sys/fs/cgroup/memory", "cgroup", "memory")
                + mount("/", "/sys/fs/cgroup/pids", "cgroup", "pids")
                + mount("/", "/sys/fs/cgroup/cpuacct", "cgroup", "cpuacct", tags: "")
                + mount("/", "/sys/fs/cgroup/cpu", "cgroup", "cpu", tags: "shared:1 master:2"),
        )
        #expect(placement.version == .v1)
        #expect(
            placement.directories == [
                .memory: "/sys/fs/cgroup/memory/a/b", .pids: "/sys/fs/cgroup/pids",
                .cpuacct: "/sys/fs/cgroup/cpuacct/c", .cpu: "/sys/fs/cgroup/cpu/d",
            ]
        )
    }

    @Test func `every hierarchy has a directory, with a controller of ours or not`() {
        let directories = CgroupPlacement.everyDirectory(
            membership: "9:name=systemd:/s\n5:devices:/d\n4:memory:/a/b\n2:freezer:/f\n0::/u\n",
            mounts: mount("/", "/sys/fs/cgroup/systemd", "cgroup", "name=systemd")
                + mount("/", "/sys/fs/cgroup/devices", "cgroup", "devices")
                + mount("/", "/sys/fs/cgroup/memory", "cgroup", "memory")
                + mount("/", "/sys/fs/cgroup/unified", "cgroup2", "nsdelegate"),
        )
        #expect(
            directories == [
                "/sys/fs/cgroup/systemd/s", "/sys/fs/cgroup/devices/d", "/sys/fs/cgroup/memory/a/b",
                "/sys/fs/cgroup/unified/u",
            ]
        )
    }

    @Test func `controllers mounted together share a directory`() {
        let placement = parse(
            "5:cpu,cpuacct:/user.slice\n",
            mount("/", "/sys/fs/cgroup/cpu,cpuacct", "cgroup", "cpu,cpuacct"),
        )
        let directory = "/sys/fs/cgroup/cpu,cpuacct/user.slice"
        #expect(placement.directories == [.cpu: directory, .cpuacct: directory])
    }

    @Test func `v2 has one directory for all, and counts processor time without the cpu controller`() {
        let directory = "/sys/fs/cgroup/user.slice/session"
        let placement = parse(
            "0::/user.slice/session\n",
            mount("/", "/sys/fs/cgroup", "cgroup2", "nsdelegate"),
            controllers: [directory: "memory pids\n"],
        )
        #expect(placement.version == .v2)
        #expect(placement.directories == [.memory: directory, .pids: directory, .cpuacct: directory])
    }

    @Test func `a hybrid host whose v2 hierarchy has no controllers is v1`() {
        let placement = parse(
            "4:memory:/\n0::/\n",
            mount("/", "/sys/fs/cgroup/unified", "cgroup2", "nsdelegate")
                + mount("/", "/sys/fs/cgroup/memory", "cgroup", "memory"),
            controllers: ["/sys/fs/cgroup/unified": ""],
        )
        #expect(placement.version == .v1)
        #expect(placement.directories == [.memory: "/sys/fs/cgroup/memory"])
    }

    @Test func `a container sees its cgroup at the mount's own root`() {
        let root = "/docker/0123"
        let mounts = mount(root, "/sys/fs/cgroup/memory", "cgroup", "memory")
        #expect(parse("4:memory:\(root)\n", mounts).directories == [.memory: "/sys/fs/cgroup/memory"])
        #expect(parse("4:memory:\(root)/in\n", mounts).directories == [.memory: "/sys/fs/cgroup/memory/in"])
    }

    @Test func `a cgroup outside what is mounted is no place for ours`() {
        let mounts = mount("/docker/0123", "/sys/fs/cgroup/memory", "cgroup", "memory")
        #expect(parse("4:memory:/elsewhere\n", mounts).directories.isEmpty)
        #expect(
            parse("4:memory:/docker/01234\n", mounts).directories.isEmpty,
            "a sibling whose name begins alike",
        )
    }

    @Test func `a process that was moved into the supervisor's leaf finds the same place again`() {
        let placement = parse(
            "0::/a/sanderling.supervisor\n",
            mount("/", "/sys/fs/cgroup", "cgroup2", "nsdelegate"),
            controllers: ["/sys/fs/cgroup/a": "memory pids cpu"],
        )
        #expect(Set(placement.directories.values) == ["/sys/fs/cgroup/a"])
    }

    @Test(arguments: ["", "garbage", "4:memory\n", "::::\n", "4:memory:/\n"])
    func `what cannot be read gives no directory`(membership: String) {
        #expect(parse(membership, "not a mount line\n30 25 - cgroup\n").directories.isEmpty)
    }
}
