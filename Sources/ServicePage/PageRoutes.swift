import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore
package import ServiceHTTP

/// `/` and what the page there is made of.
///
/// The page brings nothing of anyone's programs: it asks `/v1` for them as any other client does, with its reader's key.
/// The document is asked for anew each time. Its parts stand below a path that names their version, and are kept for good.
package struct PageRoutes {
    private let document: [UInt8]
    private let parts: [String: PageFile]
    private let tag = "\"\(PageFile.version)\""

    package init() {
        let text = String(decoding: PageFile.document.contents, as: UTF8.self)
        document = Array(text.replacing("\"page/", with: "\"/page/\(PageFile.version)/").utf8)
        parts = Dictionary(uniqueKeysWithValues: PageFile.parts.map { ($0.name, $0) })
    }

    /// Adds the routes, which need no key.
    package func add(to router: Router<ServiceContext>) {
        router.get("/", use: page)
        router.get("page/:version/:name", use: part)
    }

    @Sendable private func page(_ request: Request, _ context: ServiceContext) async throws -> Response {
        answer(document, PageFile.document.mediaType, caching: "no-cache", to: request)
    }

    @Sendable private func part(_ request: Request, _ context: ServiceContext) async throws -> Response {
        guard context.parameters.get("version") == PageFile.version,
            let file = context.parameters.get("name").flatMap({ parts[$0] })
        else { throw HTTPError(.notFound) }
        return answer(
            file.contents,
            file.mediaType,
            caching: "public, max-age=31536000, immutable",
            to: request,
        )
    }

    private func answer(
        _ contents: [UInt8],
        _ mediaType: String,
        caching: String,
        to request: Request,
    ) -> Response {
        let headers: HTTPFields = [
            .contentType: mediaType, .cacheControl: caching, .eTag: tag,
            .contentSecurityPolicy: Self.policy, .referrerPolicy: "no-referrer",
            .crossOriginOpenerPolicy: "same-origin", .crossOriginResourcePolicy: "same-origin",
        ]
        if Self.tags(in: request.headers[.ifNoneMatch]).contains(where: { $0 == tag || $0 == "*" }) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: contents)),
        )
    }

    /// Scripts and styles of this service's alone, none of them in the document, and no text that becomes markup.
    ///
    /// Images are the page's own, or made by it (`blob:`) of what a program left, once it has found them to be images.
    package static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:",
        "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")

    /// The tags of an `If-None-Match`, without the mark of weak ones.
    private static func tags(in field: String?) -> [String] {
        (field ?? "").split(separator: ",").map { tag in
            let tag = tag.filter { $0 != " " }
            return tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        }
    }
}

extension HTTPField.Name {
    /// See <https://www.w3.org/TR/referrer-policy/>.
    fileprivate static var referrerPolicy: Self { known("referrer-policy") }
    /// Keeps pages that open this one from reaching it.
    fileprivate static var crossOriginOpenerPolicy: Self { known("cross-origin-opener-policy") }
    /// Keeps other sites' pages from loading what this one is made of.
    fileprivate static var crossOriginResourcePolicy: Self { known("cross-origin-resource-policy") }

    private static func known(_ name: String) -> Self {
        guard let name = Self(name) else {
            preconditionFailure("'\(name)' is not the name of a header field")
        }
        return name
    }
}
