import SandboxModel

/// How the samples' use of a limit is spread, for batches with too many samples to compare bar by bar.
struct Distribution {
    /// Fewer samples than this are better compared in the list.
    static let fewestSamples = 60
    private static let buckets = 20

    private let name: String
    private var counts = [Int](repeating: 0, count: Distribution.buckets + 1)

    /// A distribution of the use of the limit of that name.
    init(of name: String) { self.name = name }

    /// Counts a sample that used `share` of its limit.
    mutating func add(_ share: Double) {
        let bucket = share.isFinite ? Int(max(0, min(1, share)) * Double(Self.buckets)) : 0
        counts[min(bucket, Self.buckets)] += 1
    }

    var html: HTML {
        let most = Double(max(1, counts.max() ?? 1))
        let width = 100 / Double(counts.count)
        let bars = counts.enumerated().map { bucket, count -> HTML in
            // The square root keeps a single sample in sight beside thousands.
            let height = (Double(count) / most).squareRoot() * 92
            let range = bucket == Self.buckets ? "at the limit" : "\(bucket * 5) to \(bucket * 5 + 5) %"
            return """
                <rect class="\(bucket == Self.buckets ? "clock" : "accent")" x="\(Double(bucket) * width + 0.3)%" \
                width="\(width - 0.6)%" y="\(96 - height)" height="\(height)" rx="2">\
                <title>\(range): \(count) samples</title></rect>
                """
        }
        let label = counts.enumerated().filter { $0.element > 0 }.map {
            "\($0.element) from \($0.offset * 5) %"
        }
        return """
            <figure><figcaption>\(name) <small>share of the limit; heights by square root</small></figcaption>\
            <svg width="100%" height="96" role="img" aria-label="\(name): \(label.joined(separator: ", "))">\
            \(.joined(bars))</svg><div class="axis" aria-hidden="true"><span>0</span><span>50 %</span>\
            <span>at the limit</span></div></figure>
            """
    }
}
