// What the JDK's library calls, package by package.
import java.io.*;
import java.net.*;
import java.nio.*;
import java.nio.channels.*;
import java.nio.file.*;
import java.nio.file.attribute.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.zip.*;

public class Library {
    interface Part { void go() throws Throwable; }
    static void attempt(Part part) { try { part.go(); } catch (Throwable ignored) { } }

    public static void main(String[] arguments) throws Throwable {
        Path d = Files.createTempDirectory(Path.of("/work"), "tour"), f = d.resolve("f");
        attempt(() -> Files.writeString(f, "x".repeat(100000)));
        attempt(() -> Files.copy(f, d.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES));
        attempt(() -> Files.move(d.resolve("copy"), d.resolve("moved"), StandardCopyOption.ATOMIC_MOVE));
        attempt(() -> Files.createLink(d.resolve("hard"), f)); attempt(() -> Files.createSymbolicLink(d.resolve("soft"), f));
        attempt(() -> Files.readSymbolicLink(d.resolve("soft"))); attempt(() -> d.resolve("soft").toRealPath());
        attempt(() -> Files.setPosixFilePermissions(f, PosixFilePermissions.fromString("rw-------"))); attempt(() -> Files.setOwner(f, Files.getOwner(f)));
        attempt(() -> Files.setLastModifiedTime(f, FileTime.fromMillis(1))); attempt(() -> Files.readAttributes(f, "unix:*")); attempt(() -> Files.getFileStore(f).getTotalSpace());
        attempt(() -> { var view = Files.getFileAttributeView(f, UserDefinedFileAttributeView.class); view.write("a", ByteBuffer.wrap(new byte[9])); view.list(); view.read("a", ByteBuffer.allocate(9)); view.delete("a"); });
        attempt(() -> { try (var s = Files.walk(Path.of("/usr/share"), 2)) { s.count(); } }); attempt(() -> { try (var s = Files.newDirectoryStream(d)) { s.forEach(p -> { }); } });
        attempt(() -> { try (var w = FileSystems.getDefault().newWatchService()) { d.register(w, StandardWatchEventKinds.ENTRY_CREATE); w.poll(50, TimeUnit.MILLISECONDS); } });
        attempt(() -> { try (var c = FileChannel.open(f, StandardOpenOption.READ, StandardOpenOption.WRITE); var o = FileChannel.open(d.resolve("out"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            c.map(FileChannel.MapMode.READ_WRITE, 0, 9999).force(); c.lock().release(); c.tryLock(0, 9, false).release(); c.force(true); c.transferTo(0, 9999, o); o.transferFrom(c, 0, 9999); c.truncate(9); c.read(ByteBuffer.allocate(9), 0); c.write(new ByteBuffer[] {ByteBuffer.allocateDirect(9), ByteBuffer.allocateDirect(9)}); } });
        attempt(() -> { try (var r = new RandomAccessFile(f.toFile(), "rwd")) { r.setLength(5); r.seek(2); r.write(1); r.getFD().sync(); } });
        attempt(() -> { File x = File.createTempFile("a", "b", d.toFile()); x.setReadOnly(); x.setExecutable(true); x.setLastModified(1); x.getFreeSpace(); x.canWrite(); x.renameTo(new File(d.toFile(), "r")); x.delete(); new File(d.toFile(), "m/n").mkdirs(); d.toFile().list(); });
        attempt(() -> { try (var s = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()); var c = new Socket(s.getInetAddress(), s.getLocalPort()); var a = s.accept()) { c.setTcpNoDelay(true); c.setKeepAlive(true); c.setSoLinger(true, 1); c.setSoTimeout(20); c.setTrafficClass(8); a.getOutputStream().write(1); c.getInputStream().read(); c.shutdownOutput(); c.sendUrgentData(1); } });
        attempt(() -> { try (var s = new DatagramSocket(); var m = new MulticastSocket()) { s.setBroadcast(true); s.connect(InetAddress.getLoopbackAddress(), m.getLocalPort()); s.send(new DatagramPacket(new byte[9], 9)); m.setSoTimeout(50); m.receive(new DatagramPacket(new byte[9], 9)); m.joinGroup(InetAddress.getByName("224.0.0.1")); } });
        attempt(() -> { for (var n : Collections.list(NetworkInterface.getNetworkInterfaces())) { n.getMTU(); n.getHardwareAddress(); n.isUp(); } }); attempt(() -> InetAddress.getLocalHost());
        attempt(() -> { var where = UnixDomainSocketAddress.of(d.resolve("socket")); try (var s = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) { s.bind(where); try (var c = SocketChannel.open(where); var a = s.accept()) { c.write(ByteBuffer.allocate(9)); a.read(ByteBuffer.allocate(9)); a.getOption(ExtendedSocketOption()); } } });
        attempt(() -> { try (var selector = Selector.open(); var s = ServerSocketChannel.open()) { s.bind(null).configureBlocking(false); s.register(selector, SelectionKey.OP_ACCEPT); selector.select(20); var p = Pipe.open(); p.sink().write(ByteBuffer.allocate(1)); p.source().read(ByteBuffer.allocate(1)); } });
        attempt(() -> { try (var s = AsynchronousServerSocketChannel.open().bind(null); var c = AsynchronousSocketChannel.open()) { var accepted = s.accept(); c.connect(s.getLocalAddress()).get(1, TimeUnit.SECONDS); accepted.get(1, TimeUnit.SECONDS).write(ByteBuffer.allocate(9)).get(); c.read(ByteBuffer.allocate(9)).get(1, TimeUnit.SECONDS); } });
        attempt(() -> { var http = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 5); http.start(); java.net.http.HttpClient.newHttpClient().send(java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.getAddress().getPort())).build(), java.net.http.HttpResponse.BodyHandlers.ofString()); http.stop(0); });
        attempt(() -> new ProcessBuilder("sh", "-c", "echo x").redirectErrorStream(true).redirectOutput(f.toFile()).start().waitFor());
        attempt(() -> { var p = new ProcessBuilder("sleep", "5").inheritIO().start(); p.toHandle().info(); p.onExit(); p.destroy(); p.waitFor(1, TimeUnit.SECONDS); p.destroyForcibly(); }); attempt(() -> ProcessHandle.allProcesses().forEach(p -> p.info().command())); attempt(() -> ProcessHandle.current().children().count());
        attempt(() -> { var pool = Executors.newFixedThreadPool(4); for (int i = 0; i < 20; i++) pool.submit(() -> new byte[100000]); pool.shutdown(); pool.awaitTermination(1, TimeUnit.SECONDS); }); attempt(() -> ForkJoinPool.commonPool().submit(() -> 1).get()); attempt(() -> { var t = new Thread(() -> attempt(() -> Thread.sleep(9999))); t.setPriority(10); t.setName("named"); t.start(); t.interrupt(); t.join(500); });
        attempt(() -> { var s = new ScheduledThreadPoolExecutor(1); s.schedule(() -> 1, 5, TimeUnit.MILLISECONDS).get(); s.shutdownNow(); }); attempt(() -> { var t = new java.util.Timer(true); t.schedule(new TimerTask() { public void run() { } }, 5); Thread.sleep(20); t.cancel(); });
        attempt(() -> System.gc()); attempt(() -> new java.security.SecureRandom().nextInt()); attempt(() -> java.security.SecureRandom.getInstanceStrong()); attempt(() -> java.security.KeyPairGenerator.getInstance("RSA").generateKeyPair());
        attempt(() -> { for (var bean : java.lang.management.ManagementFactory.getPlatformMXBeans(java.lang.management.PlatformManagedObject.class)) for (var a : java.lang.management.ManagementFactory.getPlatformMBeanServer().getMBeanInfo(bean.getObjectName()).getAttributes()) attempt(() -> java.lang.management.ManagementFactory.getPlatformMBeanServer().getAttribute(bean.getObjectName(), a.getName())); });
        attempt(() -> { try (var z = new ZipOutputStream(new FileOutputStream(d.resolve("z.zip").toFile()))) { z.putNextEntry(new ZipEntry("a")); z.write(new byte[9999]); } new ZipFile(d.resolve("z.zip").toFile()).close(); }); attempt(() -> FileSystems.newFileSystem(d.resolve("z.zip")).close());
        attempt(() -> sun.misc.Signal.handle(new sun.misc.Signal("USR2"), s -> { })); attempt(() -> sun.misc.Signal.raise(new sun.misc.Signal("USR2"))); attempt(() -> System.console()); attempt(() -> Runtime.getRuntime().addShutdownHook(new Thread(() -> { }))); attempt(() -> { var r = new jdk.jfr.Recording(jdk.jfr.Configuration.getConfiguration("profile")); r.start(); Thread.sleep(200); r.dump(d.resolve("jfr")); r.close(); });
        attempt(() -> javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, "-version")); attempt(() -> java.util.prefs.Preferences.userRoot().flush()); attempt(() -> java.util.logging.Logger.getGlobal().info("x")); attempt(() -> System.loadLibrary("zip"));
        attempt(() -> { var engine = new java.awt.image.BufferedImage(9, 9, 1); javax.imageio.ImageIO.write(engine, "png", d.resolve("i.png").toFile()); });
        System.out.println("ok");
        System.exit(0);
    }

    static SocketOption<Integer> ExtendedSocketOption() { return StandardSocketOptions.SO_RCVBUF; }
}
