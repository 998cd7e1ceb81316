import Testing

@testable import LanguageFiles
@testable import Languages

/// The header that a source begins with.
@Suite struct FirstIncludeTests {
    @Test(arguments: [
        ("#include <iostream>", "iostream"), ("  #\tinclude<bits/stdc++.h>\n", "bits/stdc++.h"),
        ("// one\n\n/* two\n * three */ #include <vector> // four", "vector"),
        ("\u{FEFF}#include <map>", "map"), ("#include /* between */ <set>", "set"),
    ])
    func `is found behind comments and blanks`(source: String, header: String) {
        #expect(FirstInclude(of: Array(source.utf8))?.header == header)
    }

    @Test(arguments: [
        "", "int main() {}", "#define X\n#include <map>", "#include \"map\"", "#include <map",
        "#include <map\n>",
        "/* never ends #include <map>", "// only a comment", "#pragma once\n#include <map>",
        "#\ninclude <map>",
        "using A = int;\n#include <map>", "#include MACRO", "/", "#include", "# // x\ninclude <map>",
    ])
    func `is none in any other beginning`(source: String) {
        #expect(FirstInclude(of: Array(source.utf8)) == nil)
    }
}
