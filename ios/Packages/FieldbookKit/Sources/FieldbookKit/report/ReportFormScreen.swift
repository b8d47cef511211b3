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
        let model = ReportFormModel(graph.fieldbook, graph.pictures, draftId: draftId, unitId: unitId, kind: kind)
        _model = State(initialValue: model)
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
