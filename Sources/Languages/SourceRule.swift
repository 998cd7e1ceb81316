/// A way in which the source text decides the source file's name and the main class.
public enum SourceRule: String, Sendable, Hashable, CaseIterable {
    /// Java: a public type's file bears its name; the main class is the type with a `main` method.
    case javaMainClass = "java_main_class"
    /// Scala: the main class is the object with a `main` method or that extends `App`.
    case scalaMainObject = "scala_main_object"

    /// The name that the source's file must have, or `nil` when any will do.
    func sourceName(of source: [UInt8]) -> String? {
        switch self {
        case .javaMainClass: JavaOutline(source).publicType.map { $0 + ".java" }
        case .scalaMainObject: nil
        }
    }

    /// The class to start, or `nil` when the source has none.
    func mainClass(of source: [UInt8]) -> String? {
        switch self {
        case .javaMainClass: JavaOutline(source).mainClass
        case .scalaMainObject: ScalaOutline(source).mainClass
        }
    }
}
