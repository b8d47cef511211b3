import FieldbookCore
import Observation

/// The form of a problem by itself.
@MainActor
@Observable
final class ProblemModel {
    @ObservationIgnored private let fieldbook: any FieldbookProtocol
    @ObservationIgnored private let draftId: String?
    @ObservationIgnored private let hamletId: String?
    private let form: FormModel<ProblemForm>
    private let search: HamletSearch

    var state: ProblemState { ProblemState(form: form.state, found: search.found) }
    var actions: FormActions<ProblemForm> { form.actions }

    init(_ graph: Graph, draftId: String?, hamletId: String?) {
        fieldbook = graph.fieldbook
        self.draftId = draftId
        self.hamletId = hamletId
        form = FormModel(graph)
        search = HamletSearch(graph.fieldbook)
    }

    func open() {
        form.open(draftId) { [fieldbook, hamletId] in
            let own = try await fieldbook.hamlets().filter(\.own)
            let hamletId = hamletId ?? (own.count == 1 ? own.first?.id : nil)
            return try await fieldbook.startDraft(draft: NewDraft(kind: .problem, hamletId: hamletId, sinceBoot: nil, later: false))
        }
    }

    func takeInPhotos() { form.takeInPhotos() }

    func photoFailed(_ slot: String) { form.photoFailed(slot) }

    func onHidden() { form.onHidden() }

    /// Takes a hamlet and goes on.
    func choose(_ hamlet: HamletChoice) {
        Task {
            form.fill { $0.hamletId = hamlet.id }
            await form.reloadChoices()
            form.next()
        }
    }

    func find(_ typed: String) { search.find(typed) }
}
