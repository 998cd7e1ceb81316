import Testing

@testable import LanguageFiles
@testable import Languages

@Suite struct OutlineTests {
    @Test(
        arguments: [
            ("public class A { public static void main(String[] a) {} }", "A", "A"),
            ("class Helper {} public class B { static void main(String... a) {} }", "B", "B"),
            (
                "// public class Wrong {\n/* class W2 { void main( */ class C { static void main(String[] a) {} }",
                nil, "C",
            ),
            (
                "class D { String s = \"} class X { void main(\"; char c = '\"'; static void main(String[] a) {} }",
                nil, "D",
            ),
            (
                "class T { String s = \"\"\"\n } class \\\"\"\" X { \" void main( \"\"\"; static void main(String[] a) {} }",
                nil, "T",
            ),
            ("package a.b;\nclass E { public static void main(String[] a) {} }", nil, "a.b.E"),
            (
                "/* c */ package a . b ; public record F(int x) { public static void main(String[] a) {} }",
                "F", "a.b.F",
            ),
            ("public interface G { static void main(String[] a) {} }", "G", "G"),
            ("enum H { X, Y; public static void main(String[] a) {} }", nil, "H"),
            ("public @interface Note {} class I { static void main(String[] a) {} }", "Note", "I"),
            (
                "@Note(J.class) final class J { class K { void main() {} } static void main(String[] a) {} }",
                nil, "J",
            ),
            (
                "class L { class M { static void main(String[] a) {} } } class N { static void main(String[] a) {} }",
                nil, "N",
            ),
            ("class O { void run() { main(null); } } class P { static void main(String[] a) {} }", nil, "P"),
            (
                "class Q { char c = '\\''; char d = '{'; char e = '\\u0041'; static void main(String[] a) {} }",
                nil, "Q",
            ),
            (
                "public sealed class R<T extends Comparable<T>> permits S {} final class S extends R {}", "R",
                "R",
            ),
            ("class Größe { char c = 'ß'; static void main(String[] a) {} }", nil, "Größe"),
            ("class U { static void main(String[] a) { var record = 1; } }", nil, "U"),
            ("no types here", nil, nil), ("", nil, nil), ("class", nil, nil), ("package", nil, nil),
            ("class V { /* never closed", nil, "V"), ("class W { String s = \"never closed", nil, "W"),
        ] as [(String, String?, String?)]
    )
    func `Java's public type and main class are found`(
        source: String,
        publicType: String?,
        mainClass: String?,
    ) {
        let outline = JavaOutline(Array(source.utf8))
        #expect(outline.publicType == publicType)
        #expect(outline.mainClass == mainClass)
    }

    @Test(
        arguments: [
            ("object A { def main(args: Array[String]): Unit = {} }", "A"),
            ("class X { def main(a: Int) = 1 }\nobject B extends App { println(1) }", "B"),
            ("object Helper { val x = 1 }\nobject C { def main(args: Array[String]) {} }", "C"),
            ("/* object W { /* nested */ def main */ object D { def main(a: Array[String]) {} }", "D"),
            ("package a.b\nobject E extends Thing with App {}", "a.b.E"),
            ("package a { package b { object F extends App {} } }", "a.b.F"),
            ("package object util { def main = 1 }\nobject G { def main(a: Array[String]) {} }", "G"),
            (
                "object H { object Inner { def main(a: Array[String]) {} }; def main(a: Array[String]) {} }",
                "H",
            ),
            ("object I { val s = 'symbol; val c = '{'; val q = '\"'; def main(a: Array[String]) {} }", "I"),
            ("case class P(x: Int)\ncase object Q\nobject J extends App { }", "J"),
            ("object Only { }", "Only"), ("class None", nil), ("object", nil), ("package", nil),
        ] as [(String, String?)]
    )
    func `Scala's main object is found`(source: String, mainClass: String?) {
        #expect(ScalaOutline(Array(source.utf8)).mainClass == mainClass)
    }
}
