import Crypto
import Foundation

/// A file of the page, as it is part of this program.
package struct PageFile: Sendable {
    /// Its name below the page's directory.
    package let name: String
    /// What it holds.
    package let contents: [UInt8]

    init(_ name: String, _ contents: [UInt8]) {
        self.name = name
        self.contents = contents
    }

    /// What a browser is told that it is.
    var mediaType: String {
        switch name.split(separator: ".").last {
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "text/html; charset=utf-8"
        }
    }
}

extension PageFile {
    /// The document; what it refers to as `page/NAME` is found at the address of that version.
    package static let document = PageFile("index.html", PackageResources.index_html)

    /// What the document is made of.
    package static let parts = [
        PageFile("api.js", PackageResources.api_js),
        PageFile("app.js", PackageResources.app_js),
        PageFile("chart.js", PackageResources.chart_js),
        PageFile("controls.css", PackageResources.controls_css),
        PageFile("dom.js", PackageResources.dom_js),
        PageFile("editor.js", PackageResources.editor_js),
        PageFile("events.js", PackageResources.events_js),
        PageFile("examples.js", PackageResources.examples_js),
        PageFile("files.js", PackageResources.files_js),
        PageFile("format.js", PackageResources.format_js),
        PageFile("grammars.js", PackageResources.grammars_js),
        PageFile("highlight.js", PackageResources.highlight_js),
        PageFile("history.js", PackageResources.history_js),
        PageFile("icon.svg", PackageResources.icon_svg),
        PageFile("key.js", PackageResources.key_js),
        PageFile("metrics.js", PackageResources.metrics_js),
        PageFile("operator.js", PackageResources.operator_js),
        PageFile("options.js", PackageResources.options_js),
        PageFile("output.js", PackageResources.output_js),
        PageFile("playground.js", PackageResources.playground_js),
        PageFile("text.js", PackageResources.text_js),
        PageFile("theme.css", PackageResources.theme_css),
        PageFile("usage.js", PackageResources.usage_js),
        PageFile("verdict.js", PackageResources.verdict_js),
        PageFile("views.css", PackageResources.views_css),
    ]

    /// The version of all files together: the beginning of their SHA-256.
    package static let version: String = {
        var hash = SHA256()
        for file in [document] + parts {
            hash.update(data: Data(file.name.utf8) + [0])
            hash.update(data: Data(file.contents) + [0])
        }
        let digits = hash.finalize().prefix(8).flatMap { [$0 >> 4, $0 & 15] }
        return digits.map { String($0, radix: 16) }.joined()
    }()
}
