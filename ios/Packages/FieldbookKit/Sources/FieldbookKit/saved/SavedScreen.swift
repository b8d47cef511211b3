import FieldbookCore
import SwiftUI

struct SavedScreen: View {
    let caseId: String
    let moreReceipts: [String]
    let onUndone: @MainActor (Draft) -> Void
    let onGo: Go
    let onDone: () -> Void
    @State private var model: SavedModel
    @Environment(\.accessibilityVoiceOverEnabled) private var isReadAloud

    init(
        _ fieldbook: any FieldbookProtocol, caseId: String, undoId: String, moreReceipts: [String],
        onUndone: @escaping @MainActor (Draft) -> Void, onGo: @escaping Go, onDone: @escaping () -> Void
    ) {
        self.caseId = caseId
        self.moreReceipts = moreReceipts
        self.onUndone = onUndone
        self.onGo = onGo
        self.onDone = onDone
        _model = State(initialValue: SavedModel(fieldbook, caseId: caseId, undoId: undoId))
    }

    var body: some View {
        SavedContent(
            state: model.state, moreReceipts: moreReceipts, onUndo: { model.undo(onUndone: onUndone) },
            onOpen: { onGo(.case(id: caseId)) }, onDone: onDone
        )
        .onChange(of: isReadAloud, initial: true) { model.isReadAloud = isReadAloud }
        .task { await model.follow() }
    }
}
