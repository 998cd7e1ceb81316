// Programs to begin with: one that greets for each language, and some that show what a verdict is.

const GREETINGS = {
  awk: 'BEGIN { for (i = 1; i <= 3; i++) print "Hello from awk, " i }\n',
  bash: 'for bird in dunlin knot sanderling; do\n    echo "Hello, $bird"\n    sleep 0.3\ndone\n',
  c: '#include <stdio.h>\n\nint main(void) {\n    puts("Hello from C");\n    return 0;\n}\n',
  cpp: '#include <iostream>\n#include <numeric>\n#include <vector>\n\nint main() {\n    std::vector<int> tides{3, 1, 4, 1, 5};\n    std::cout << std::accumulate(tides.begin(), tides.end(), 0) << "\\n";\n}\n',
  fortran: 'program hello\n    implicit none\n    print *, "Hello from Fortran"\nend program hello\n',
  go: 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Hello from Go")\n}\n',
  haskell: 'main :: IO ()\nmain = print (takeWhile (< 50) [n * n | n <- [1 ..]])\n',
  java: 'public class Main {\n    public static void main(String[] args) {\n        System.out.println("Hello from Java");\n    }\n}\n',
  javascript: 'const birds = ["dunlin", "knot", "sanderling"];\nfor (const bird of birds) console.log(`Hello, ${bird}`);\n',
  kotlin: 'fun main() {\n    println((1..5).joinToString { "${it * it}" })\n}\n',
  lua: 'for number = 1, 3 do\n    print("Hello from Lua", number)\nend\n',
  ocaml: 'let () = List.iter (Printf.printf "%d\\n") (List.map (fun n -> n * n) [1; 2; 3])\n',
  pascal: "program Hello;\nbegin\n    writeln('Hello from Pascal');\nend.\n",
  perl: 'my %seen = map { $_ => length } qw(dunlin knot sanderling);\nprint "$_: $seen{$_}\\n" for sort keys %seen;\n',
  php: '<?php\nforeach (["dunlin", "knot", "sanderling"] as $bird) {\n    echo "Hello, $bird\\n";\n}\n',
  python: 'import time\n\nfor bird in ["dunlin", "knot", "sanderling"]:\n    print(f"Hello, {bird}", flush=True)\n    time.sleep(0.4)\n',
  r: 'print(summary(c(3, 1, 4, 1, 5)))\n',
  ruby: '%w[dunlin knot sanderling].each { |bird| puts "Hello, #{bird}" }\n',
  rust: 'fn main() {\n    let total: u32 = (1..=10).map(|n| n * n).sum();\n    println!("{total}");\n}\n',
  scala: 'object Main {\n  def main(args: Array[String]): Unit = println((1 to 5).map(n => n * n).mkString(", "))\n}\n',
  sh: 'echo "Hello from $(uname -s)"\n',
  sql: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)\nSELECT i, i * i FROM n;\n',
  swift: 'let tides = [3, 1, 4, 1, 5]\nprint(tides.sorted().map(String.init).joined(separator: " "))\n',
  tcl: 'foreach bird {dunlin knot sanderling} {\n    puts "Hello, $bird"\n}\n',
  typescript: 'const lengths: Record<string, number> = {};\nfor (const bird of ["dunlin", "knot"]) lengths[bird] = bird.length;\nconsole.log(lengths);\n',
  zig: 'const std = @import("std");\n\npub fn main() !void {\n    std.debug.print("Hello from Zig\\n", .{});\n}\n',
};

const PYTHON = {
  "Live output": `import sys, time

for second in range(1, 6):
    print(f"\\x1b[32m{second}\\x1b[0m of 5", flush=True)
    if second == 3:
        print("this goes to standard error", file=sys.stderr, flush=True)
    time.sleep(0.6)
`,
  "What it read": `import sys

print("arguments:", sys.argv[1:])
for number, line in enumerate(sys.stdin, 1):
    print(number, line.rstrip())
`,
  "An image": `# Pictures that a program leaves are shown beside its files.
import struct, zlib

width, height = 240, 120
rows = b"".join(
    b"\\0" + bytes(
        value
        for x in range(width)
        for value in (90 + x // 3, 150 + y // 2, 210 - (x * y) % 97)
    )
    for y in range(height)
)

def chunk(name, data):
    checked = name + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

with open("tide.png", "wb") as file:
    file.write(b"\\x89PNG\\r\\n\\x1a\\n")
    file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
    file.write(chunk(b"IDAT", zlib.compress(rows)))
    file.write(chunk(b"IEND", b""))
print("left tide.png")
`,
  "Out of time": `print("counting...", flush=True)
number = 0
while True:
    number += 1
`,
  "Out of memory": `import time

kept = []
while True:
    kept.append(bytearray(8_000_000))
    print(len(kept) * 8, "MB", flush=True)
    time.sleep(0.05)
`,
  "Into the network": `import socket

try:
    socket.create_connection(("1.1.1.1", 53), timeout=2)
except OSError as error:
    print("no way out:", error)
try:
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
except OSError as error:
    print("nor a way to listen:", error)
`,
};

/** The examples of a language by their names; the first is where one begins. */
export function examples(language) {
  return { Greeting: GREETINGS[language] ?? "", ...(language === "python" ? PYTHON : {}) };
}
