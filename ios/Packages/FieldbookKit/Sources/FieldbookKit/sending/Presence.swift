import FieldbookCore

/// In sight, the app sends by itself and says nothing beside its pages; out of sight, the system takes over what still waits.
@MainActor
final class Presence {
    private let fieldbook: any FieldbookProtocol
    private let networkWatch: NetworkWatch

    /// What was begun last; the one before it has ended when it begins.
    private(set) var turn: Task<Void, Never>?

    init(_ fieldbook: any FieldbookProtocol, _ networkWatch: NetworkWatch) {
        self.fieldbook = fieldbook
        self.networkWatch = networkWatch
    }

    func shown() {
        inTurn { [fieldbook, networkWatch] in
            for await network in networkWatch.network() {
                _ = await outcome { try await fieldbook.setNetwork(network: network) }
                _ = await outcome { try await fieldbook.startSending() }
            }
        }
    }

    func hidden() {
        inTurn { [fieldbook] in
            _ = await outcome { try await fieldbook.stopSending() }
        }
    }

    private func inTurn(_ work: @escaping @MainActor () async -> Void) {
        let before = turn
        turn = Task {
            before?.cancel()
            await before?.value
            await work()
        }
    }
}
