import Foundation
import FoundationNetworking

/// The system's own sender: it outlives the app, reads the files itself, and sends when a test lets it.
public final class _Transfers: @unchecked Sendable {
    private let lock = NSLock()
    private var tasks: [URLSessionTask] = []

    public init() {}

    public var _waiting: [URLSessionTask] { lock.withLock { tasks } }

    func take(_ task: URLSessionTask) { lock.withLock { tasks.append(task) } }

    func leaveOff(_ task: URLSessionTask) { lock.withLock { tasks.removeAll { $0 === task } } }

    /// Sends everything that waits, really; what was answered to each.
    public func _send() async throws -> [Int] {
        var answers: [Int] = []
        for task in _waiting {
            answers.append(try await Self.send(task))
            leaveOff(task)
        }
        return answers
    }

    private static func send(_ task: URLSessionTask) async throws -> Int {
        guard let asked = task.originalRequest, let url = asked.url else { throw URLError(.badURL) }
        var request = FoundationNetworking.URLRequest(url: url)
        request.httpMethod = asked.httpMethod
        for (field, value) in asked.fields { request.setValue(value, forHTTPHeaderField: field) }
        request.httpBody = try Data(contentsOf: task.file)
        let (_, response) = try await FoundationNetworking.URLSession.shared.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }
}
