import FieldbookCore
import SwiftUI

struct ReportScreen: View {
    @State private var model: ReportModel
    private let onGo: Go
    private let onSave: (Saved) -> Void

    init(
        _ fieldbook: any FieldbookProtocol, unitId: String? = nil, kind: ReportKind? = nil, onGo: @escaping Go,
        onSave: @escaping (Saved) -> Void
    ) {
        _model = State(initialValue: ReportModel(fieldbook, unitId: unitId, kind: kind))
        self.onGo = onGo
        self.onSave = onSave
    }

    var body: some View {
        ReportContent(
            state: model.state, onUnit: model.chooseUnit, onKind: model.chooseKind, onNothing: model.reportNothing, onGo: onGo
        )
        .onChange(of: model.state.saved) { if let saved = model.state.saved { onSave(saved) } }
        .task { await model.follow() }
    }
}
