import FieldbookCore
import Observation

@MainActor
@Observable
final class CaseModel {
    private(set) var state = CaseState()
    private let fieldbook: any FieldbookProtocol
    private let pictures: Pictures
    private let id: String
    private let takingIn = Turns()

    init(_ fieldbook: any FieldbookProtocol, _ pictures: Pictures, id: String) {
        self.fieldbook = fieldbook
        self.pictures = pictures
        self.id = id
    }

    func follow() async {
        let id = id
        for await read in fieldbook.reading(
            .records, read: { (page: try await $0.case(id: id), officePhone: try await $0.status().officePhone) })
        {
            switch read {
            case .loading: break
            case .failed(let problem): state.case = .failed(problem)
            case .ready(let read):
                state.case = .ready(read.page)
                state.officePhone = read.officePhone
            }
        }
    }

    func note(_ text: String, onDone: @escaping () -> Void) {
        doing(onDone) { _ = try await $0.note(caseId: $1, text: text) }
    }

    func answer(_ answer: AnswerEntry, onDone: @escaping () -> Void) {
        doing(onDone) { fieldbook, _ in _ = try await fieldbook.answerResident(answer: answer) }
    }

    func act(_ action: CaseAction, _ text: String, onDone: @escaping () -> Void) {
        doing(onDone) { _ = try await $0.act(action: ActionEntry(caseId: $1, action: action, text: text, toUnitId: nil)) }
    }

    func takeBack(onDone: @escaping () -> Void) { doing(onDone) { try await $0.takeBack(caseId: $1) } }

    /// Only what was changed becomes a new version. A record that was sent back goes to the office again.
    func correct(_ text: String, place: String, onDone: @escaping () -> Void) {
        doing(onDone) { fieldbook, id in
            let page = try await fieldbook.case(id: id)
            let correction = CorrectionEntry(
                caseId: id, text: text == page.text ? nil : text, place: place == page.place ? nil : place)
            if correction.text != nil || correction.place != nil { try await fieldbook.correct(correction: correction) }
            if page.actions.contains(.resubmit) {
                _ = try await fieldbook.act(action: ActionEntry(caseId: id, action: .resubmit, text: "", toUnitId: nil))
            }
        }
    }

    /// Attaches the pictures that wait in this record's folder, also those from before a kill.
    func takeInPhotos() async {
        await takingIn.take { [self] in
            for waiting in await pictures.waiting(photoFolder(id)) {
                let added = await outcome {
                    try await self.fieldbook.addPhoto(caseId: self.id, path: try await self.pictures.small(waiting.file).path)
                }
                state.problem = added.problem
                await pictures.delete(waiting)
            }
        }
    }

    func photoFailed() { state.problem = .StorageFull }

    func forget() { state.problem = nil }

    private func doing(
        _ onDone: @escaping () -> Void, _ work: @escaping @MainActor (any FieldbookProtocol, String) async throws -> Void
    ) {
        guard !state.isBusy else { return }
        state.isBusy = true
        state.problem = nil
        Task {
            state.problem = await outcome { try await work(self.fieldbook, self.id) }.problem
            state.isBusy = false
            if state.problem == nil { onDone() }
        }
    }
}

/// Where pictures of a record wait until they are attached.
func photoFolder(_ caseId: String) -> String { "case-\(caseId)" }
