import FieldbookCore
import SwiftUI

struct VisitScreen: View {
    @State private var model: VisitModel
    private let pictures: Pictures
    private let onDraft: (String) -> Void
    private let onSave: (Saved) -> Void
    private let onBack: () -> Void

    init(
        _ graph: Graph, draftId: String?, hamletId: String?, later: Bool, onDraft: @escaping (String) -> Void,
        onSave: @escaping (Saved) -> Void, onBack: @escaping () -> Void
    ) {
        _model = State(initialValue: VisitModel(graph, draftId: draftId, hamletId: hamletId, later: later))
        pictures = graph.pictures
        self.onDraft = onDraft
        self.onSave = onSave
        self.onBack = onBack
    }

    var body: some View {
        let state = model.state
        WithPhotoTaker(pictures, draftId: state.form.open?.draftId, onWaiting: model.takeInPhotos, onFail: model.photoFailed) { taker in
            VisitContent(
                state: state, actions: model.actions, taker: taker, onHamlet: model.choose, onFind: model.find, onFix: model.takeFix,
                onNoFix: model.removeFix, onReason: model.giveReason)
        }
        .formEnds(state.form, onDraft: onDraft, onSave: onSave, onLeave: onBack, onHide: model.onHidden)
        .task(id: model.placeAsked) { await model.gradeAnew() }
        .task { model.open() }
    }
}
