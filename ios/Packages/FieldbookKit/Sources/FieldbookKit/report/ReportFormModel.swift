import FieldbookCore
import Observation

/// The form of a report on the period that is due.
@MainActor
@Observable
final class ReportFormModel {
    @ObservationIgnored private let fieldbook: any FieldbookProtocol
    @ObservationIgnored private let draftId: String?
    @ObservationIgnored private let unitId: String
    @ObservationIgnored private let kind: ReportKind
    private let form: FormModel<ReportForm>

    var state: FormState<ReportForm> { form.state }
    var actions: FormActions<ReportForm> { form.actions }

    init(_ graph: Graph, draftId: String?, unitId: String, kind: ReportKind) {
        fieldbook = graph.fieldbook
        self.draftId = draftId
        self.unitId = unitId
        self.kind = kind
        form = FormModel(graph)
    }

    func open() {
        form.open(draftId) { [fieldbook, unitId, kind] in try await fieldbook.startReport(unitId: unitId, kind: kind) }
    }

    func onHidden() { form.onHidden() }
}
