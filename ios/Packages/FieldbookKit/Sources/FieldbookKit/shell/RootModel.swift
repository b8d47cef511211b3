import FieldbookCore
import Observation

/// Who is signed in, and how large words are.
struct RootState: Equatable, Sendable {
    var standing: Reading<Standing> = .loading
    var textSize: TextSize = .usual
    /// The PIN has yet to be given since the app was started.
    var isLocked = false
}

/// Opens the notebook, and knows who is signed in.
@MainActor
@Observable
final class RootModel {
    private let graph: Graph
    private var status: Reading<Status> = .loading

    init(_ graph: Graph) { self.graph = graph }

    var state: RootState {
        switch status {
        case .loading: RootState()
        case .failed(let problem): RootState(standing: .failed(problem))
        case .ready(let status):
            RootState(
                standing: .ready(status.standing), textSize: size(status),
                isLocked: graph.choices.hasPin && !graph.isOpened)
        }
    }

    func follow() async {
        for await status in graph.fieldbook.reading(.account, read: { try await $0.status() }) { self.status = status }
    }

    func unlock() { graph.isOpened = true }

    private func size(_ status: Status) -> TextSize {
        graph.choices.textSize ?? (status.posts.contains { $0.role == .head } ? .large : .usual)
    }
}
