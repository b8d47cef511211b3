import FieldbookCore
import Observation

/// "Báo tình hình"; `unitId` and `kind` when one came from a report that is due.
@MainActor
@Observable
final class ReportModel {
    private(set) var state: ReportState
    @ObservationIgnored private let fieldbook: any FieldbookProtocol

    init(_ fieldbook: any FieldbookProtocol, unitId: String? = nil, kind: ReportKind? = nil) {
        self.fieldbook = fieldbook
        state = ReportState(unitId: unitId, kind: kind)
    }

    /// Shows what is due until the page goes.
    func follow() async {
        for await today in fieldbook.reading(.records, .account, read: { try await $0.today() }) { state.today = today }
    }

    func chooseUnit(_ id: String) { state.unitId = id }

    func chooseKind(_ kind: ReportKind) { state.kind = kind }

    /// "Không phát sinh".
    func reportNothing() {
        guard case .ready(let today) = state.today, !state.isBusy else { return }
        state.isBusy = true
        state.problem = nil
        let (unitId, kind) = (state.unit(of: today), state.kind(of: today))
        Task {
            switch await outcome({ try await self.fieldbook.nothingToReport(unitId: unitId, kind: kind) }) {
            case .done(let saved): state.saved = saved
            case .failed(let problem):
                state.isBusy = false
                state.problem = problem
            }
        }
    }
}
