import Foundation
import Testing

/// A test that clicks through the real app over the real core and a real server: each has an office and phones of its own. So many run
/// at a time as a small machine can carry.
@MainActor
class FlowTest {
    let office: OfficeRule
    let app: AppRule
    private let turn: Turn

    init() async throws {
        turn = await Turn()
        office = try await OfficeRule()
        app = try AppRule()
    }
}

/// One of the few that may run.
final class Turn: Sendable {
    private static let gate = Gate(room: 4)

    init() async { await Self.gate.enter() }
    deinit { Task { await Self.gate.leave() } }
}

private actor Gate {
    private var room: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(room: Int) { self.room = room }

    func enter() async {
        if room > 0 { return room -= 1 }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        if waiting.isEmpty { room += 1 } else { waiting.removeFirst().resume() }
    }
}
