import FieldbookCore
import SwiftUI

struct ReportFormScreen: View {
    @State private var model: ReportFormModel
    private let onDraft: (String) -> Void
    private let onSave: (Saved) -> Void
    private let onBack: () -> Void

    init(
        _ graph: Graph, draftId: String?, unitId: String, kind: ReportKind, onDraft: @escaping (String) -> Void,
        onSave: @escaping (Saved) -> Void, onBack: @escaping () -> Void
    ) {
        _model = State(initialValue: ReportFormModel(graph, draftId: draftId, unitId: unitId, kind: kind))
        self.onDraft = onDraft
        self.onSave = onSave
        self.onBack = onBack
    }

    var body: some View {
        ReportFormContent(state: model.state, actions: model.actions)
            .formEnds(model.state, onDraft: onDraft, onSave: onSave, onLeave: onBack, onHide: model.onHidden)
            .task { model.open() }
    }
}
