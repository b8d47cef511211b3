import FieldbookCore
import Foundation
import Observation

/// Follows what was saved until the office has it.
@MainActor
@Observable
final class SavedModel {
    private(set) var state = SavedState()
    private let fieldbook: any FieldbookProtocol
    private let caseId: String
    private let undoId: String
    /// Ten seconds are too short for a screen reader.
    var isReadAloud = false { didSet { show() } }

    init(_ fieldbook: any FieldbookProtocol, caseId: String, undoId: String) {
        self.fieldbook = fieldbook
        self.caseId = caseId
        self.undoId = undoId
    }

    func follow() async {
        var clock: Task<Void, Never>?
        let id = caseId
        for await saved in fieldbook.reading(
            .records, .traffic, read: { SavedCase(case: try await $0.case(id: id), status: try await $0.status()) })
        {
            clock?.cancel()
            state.saved = saved
            show()
            clock = timeLeft.map { left in
                Task {
                    guard (try? await Task.sleep(for: left)) != nil else { return }
                    show()
                }
            }
        }
        clock?.cancel()
    }

    /// `onUndone`: it is its form again.
    func undo(onUndone: @escaping @MainActor (Draft) -> Void) {
        guard !state.isBusy else { return }
        state.isBusy = true
        state.problem = nil
        let how = state.undo
        Task {
            switch how {
            case .toForm:
                let undone = await outcome { try await self.fieldbook.undo(undoId: self.undoId) }
                state.problem = undone.problem
                if let draft = undone.value { return onUndone(draft) }
            case .takeBack:
                state.problem = await outcome { try await self.fieldbook.takeBack(caseId: self.caseId) }.problem
                if state.problem == nil { state.undo = .takenBack }
            case .none, .takenBack: break
            }
            state.isBusy = false
        }
    }

    private func show() {
        if state.undo == .takenBack { return }
        let canTakeBack = isReadAloud && state.saved.value?.case.canTakeBack == true
        state.undo = timeLeft != nil ? .toForm : canTakeBack ? .takeBack : .none
    }

    private var timeLeft: Duration? {
        guard case .canUndo(let until) = state.saved.value?.case.row.sending else { return nil }
        let left = until.timeIntervalSinceNow
        return left > 0 ? .seconds(left) : nil
    }
}
