import FieldbookCore
import SwiftUI

struct ProblemScreen: View {
    @State private var model: ProblemModel
    private let pictures: Pictures
    private let onDraft: (String) -> Void
    private let onSave: (Saved) -> Void
    private let onBack: () -> Void

    init(
        _ graph: Graph, draftId: String?, hamletId: String?, onDraft: @escaping (String) -> Void,
        onSave: @escaping (Saved) -> Void, onBack: @escaping () -> Void
    ) {
        _model = State(initialValue: ProblemModel(graph, draftId: draftId, hamletId: hamletId))
        pictures = graph.pictures
        self.onDraft = onDraft
        self.onSave = onSave
        self.onBack = onBack
    }

    var body: some View {
        WithPhotoTaker(pictures, draftId: model.state.form.open?.draftId, onWaiting: model.takeInPhotos, onFail: model.photoFailed) {
            taker in
            ProblemContent(state: model.state, actions: model.actions, taker: taker, onHamlet: model.choose, onFind: model.find)
        }
        .formEnds(model.state.form, onDraft: onDraft, onSave: onSave, onLeave: onBack, onHide: model.onHidden)
        .task { model.open() }
    }
}
