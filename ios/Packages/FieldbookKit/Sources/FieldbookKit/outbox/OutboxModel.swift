import FieldbookCore
import Observation

@MainActor
@Observable
final class OutboxModel {
    private(set) var state = OutboxState()
    private let fieldbook: any FieldbookProtocol

    init(_ fieldbook: any FieldbookProtocol) { self.fieldbook = fieldbook }

    func follow() async {
        for await read in fieldbook.reading(
            .records, .traffic, read: { (outbox: try await $0.outbox(), officePhone: try await $0.status().officePhone) })
        {
            switch read {
            case .loading: break
            case .failed(let problem): state.outbox = .failed(problem)
            case .ready(let read):
                state.outbox = .ready(read.outbox)
                state.officePhone = read.officePhone
            }
        }
    }

    func send() {
        guard !state.work.isSending else { return }
        state.work = OutboxWork(isSending: true)
        Task { state.work = OutboxWork(problem: await outcome { try await self.fieldbook.syncNow() }.problem) }
    }

    func choose(_ policy: PhotoPolicy) { doing { try await $0.setPhotoPolicy(policy: policy) } }

    func discard(_ row: CaseRow) { doing { try await $0.discard(caseId: row.id) } }

    /// Opens what the office refused in its form again.
    func repair(_ row: CaseRow, onOpen: @escaping Go) {
        doing {
            let id = try await $0.repair(caseId: row.id).id
            switch row.kind {
            case .visit: onOpen(.visit(draftId: id))
            case .problem: onOpen(.problem(draftId: id))
            case .petition: onOpen(.petition(draftId: id))
            case .report: onOpen(.reportForm(draftId: id))
            }
        }
    }

    private func doing(_ call: @escaping @MainActor (any FieldbookProtocol) async throws -> Void) {
        Task { state.work.problem = await outcome { try await call(self.fieldbook) }.problem }
    }
}
