import FieldbookCore
import Network

/// What the system says about the network, now and at each change.
struct NetworkWatch: Sendable {
    let monitor: @Sendable () -> NWPathMonitor

    func network() -> AsyncStream<FieldbookCore.Network> {
        let paths = monitor()
        return AsyncStream { continuation in
            let watching = Task {
                for await path in paths { continuation.yield(Self.kind(path)) }
                continuation.finish()
            }
            continuation.onTermination = { _ in watching.cancel() }
        }
    }

    /// What it says first.
    func now() async -> FieldbookCore.Network? { await network().first { _ in true } }

    static func kind(_ path: NWPath) -> FieldbookCore.Network {
        guard path.status == .satisfied else { return .noNetwork }
        return path.isExpensive || path.isConstrained ? .metered : .unmetered
    }
}
