import FieldbookCore

/// In sight, the app sends by itself and says nothing beside its pages; out of sight, the system takes over what still waits.
@MainActor
final class Presence {
    private let fieldbook: any FieldbookProtocol
    private let networkWatch: NetworkWatch
    private let plan: SendPlan
    private let teller: Teller
    private let errands: PhotoErrands

    /// What was begun last; the one before it has ended when it begins.
    private(set) var turn: Task<Void, Never>?

    init(_ fieldbook: any FieldbookProtocol, _ networkWatch: NetworkWatch, _ plan: SendPlan, _ teller: Teller, _ errands: PhotoErrands) {
        self.fieldbook = fieldbook
        self.networkWatch = networkWatch
        self.plan = plan
        self.teller = teller
        self.errands = errands
    }

    func shown() {
        teller.isInSight = true
        inTurn { [fieldbook, networkWatch, plan, teller, errands] in
            plan.hourly()
            await teller.seen()
            await errands.takeBack()
            for await network in networkWatch.network() {
                _ = await outcome { try await fieldbook.setNetwork(network: network) }
                _ = await outcome { try await fieldbook.startSending() }
            }
        }
    }

    func hidden() {
        teller.isInSight = false
        inTurn { [fieldbook, plan, teller, errands] in
            _ = await outcome { try await fieldbook.stopSending() }
            await errands.giveAway()
            await teller.seen()
            guard let traffic = await outcome({ try await fieldbook.status() }).value?.traffic else { return }
            if traffic.recordsWaiting + traffic.photosWaiting > 0 { plan.soon() }
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
