public import Foundation
public import SandboxModel

/// The JSON of one result, as `sanderling run --format json` prints it and batch reports list it.
///
/// `docs/report.schema.json` describes it. Times are seconds, sizes are bytes, keys come in a fixed order, and a key
/// without a value is `null`, never absent.
public enum ResultJSON {
    /// The result as an indented object.
    public static func encode(_ result: ExecutionResult) -> Data {
        Data(JSONValue.object(result.jsonMembers).serialized(.indented))
    }

    /// The sample as an object on one line.
    public static func encode(_ sample: SampleResult) -> Data { Data(sample.json.serialized()) }

    /// Reads what ``encode(_:)-(ExecutionResult)`` wrote.
    ///
    /// - Throws: `DecodingError` when the data is not a result.
    public static func decode(_ data: Data) throws -> ExecutionResult {
        try JSONDecoder().decode(ResultRecord.self, from: data).result
    }

    /// Reads what ``encode(_:)-(SampleResult)`` wrote.
    ///
    /// - Throws: `DecodingError` when the data is not a sample of a batch.
    public static func decodeSample(_ data: Data) throws -> SampleResult {
        try JSONDecoder().decode(SampleRecord.self, from: data).sample
    }
}
