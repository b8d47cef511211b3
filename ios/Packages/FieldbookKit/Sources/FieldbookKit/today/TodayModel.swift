import FieldbookCore
import Observation

@MainActor
@Observable
final class TodayModel {
    private(set) var state = TodayState()
    /// Another one follows anew.
    private(set) var attempt = 0
    private let fieldbook: any FieldbookProtocol

    init(_ fieldbook: any FieldbookProtocol) { self.fieldbook = fieldbook }

    func follow() async {
        for await today in fieldbook.reading(.records, .drafts, .traffic, .account, read: { try await $0.today() }) { state.today = today }
    }

    func again() { attempt += 1 }

    func send() {
        guard !state.isSending else { return }
        state.isSending = true
        Task {
            state.problem = await outcome { try await self.fieldbook.syncNow() }.problem
            state.isSending = false
        }
    }
}
