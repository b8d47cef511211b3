import FieldbookCore
import Foundation

#if os(Linux)
    import URLSessions
#endif

/// What waits of pictures is sent by the system itself while the app is closed, each picture by a right of its own. Core and system
/// never send at once: whoever lets the core send takes the pictures back first.
@MainActor
public final class PhotoErrands {
    /// As in the scene's background task.
    public nonisolated static let identifier = "vn.sodiaban.fieldbook.photos"

    private let fieldbook: any FieldbookProtocol
    private let folder: URL
    private let makeSession: @Sendable () -> URLSession
    /// Made when it is first needed; one of its name may be there at a time.
    private lazy var session = makeSession()

    init(_ fieldbook: any FieldbookProtocol, home: URL, session: @escaping @Sendable () -> URLSession) {
        self.fieldbook = fieldbook
        folder = home.appending(path: "errands")
        makeSession = session
    }

    /// What cannot be given away goes when the app is open again.
    func giveAway() async {
        let given = await outcome { try await self.fieldbook.givePhotosAway(folder: self.folder.path) }
        for errand in given.value ?? [] {
            guard let url = URL(string: errand.url) else { continue }
            var request = URLRequest(url: url)
            request.httpMethod = "PATCH"
            request.setValue(errand.authorization, forHTTPHeaderField: "Authorization")
            request.setValue(String(errand.offset), forHTTPHeaderField: "Upload-Offset")
            request.allowsExpensiveNetworkAccess = !errand.unmeteredOnly
            session.uploadTask(with: request, fromFile: URL(filePath: errand.file)).resume()
        }
    }

    /// The system leaves off. How far it came the core asks the office.
    func takeBack() async {
        for task in await session.allTasks { task.cancel() }
        try? FileManager.default.removeItem(at: folder)
    }
}
