import FieldbookCore
import SwiftUI

/// `onMove`: the page stands there from now on. Of the questions only the answers are kept, yes and no, until the form has a draft.
struct PetitionScreen: View {
    @State private var model: PetitionModel
    /// None: the questions are behind us.
    @State private var answers: [Bool]?
    private let pictures: Pictures
    private let onMove: (Place) -> Void
    private let onSave: (Saved) -> Void
    private let onLeave: () -> Void
    @Environment(\.scenePhase) private var phase

    init(
        _ graph: Graph, draftId: String?, answers: [Bool]?, onMove: @escaping (Place) -> Void, onSave: @escaping (Saved) -> Void,
        onLeave: @escaping () -> Void
    ) {
        _model = State(initialValue: PetitionModel(graph, draftId: draftId))
        _answers = State(initialValue: answers ?? (draftId == nil ? [] : nil))
        pictures = graph.pictures
        self.onMove = onMove
        self.onSave = onSave
        self.onLeave = onLeave
    }

    var body: some View {
        WithPhotoTaker(pictures, draftId: model.draftId, onWaiting: model.takeInPhotos, onFail: model.photoFailed) { taker in
            if isDenunciation {
                GuidanceContent(state: model.state, onAdvise: model.advised, onAgain: model.guide, onLeave: onLeave)
            } else if let step {
                SorterContent(step: step, state: model.state, onAnswer: { answers?.append($0) }, onBegin: begin, onBack: back)
            } else {
                PetitionContent(state: model.state, actions: actions, taker: taker)
            }
        }
        .onChange(of: Place.petition(draftId: model.draftId, answers: answers)) { _, place in onMove(place) }
        .onChange(of: phase) { if phase != .active { model.onHidden() } }
        .onDisappear(perform: model.onHidden)
        .task { model.open(onSaved: onSave) }
        .task(id: isDenunciation) { if isDenunciation { model.guide() } }
    }

    private var step: SorterStep? { answers.map(model.sort) }

    private var isDenunciation: Bool {
        guard case .sorted(let result) = step else { return false }
        return result.kind == .denunciation
    }

    private var actions: PetitionActions {
        PetitionActions(
            change: model.change, choosePost: model.choosePost, next: model.next, go: model.go, askKind: { answers = [] },
            removePhoto: model.removePhoto, undoRemoval: model.undoRemoval, save: { model.save(onSaved: onSave) },
            again: { model.openAgain(onSaved: onSave) }, back: back)
    }

    private func begin(_ result: SorterResult) { model.begin(result) { answers = nil } }

    private func back() {
        let form = model.state.form
        if let given = answers, !given.isEmpty {
            answers = given.dropLast()
        } else if answers != nil, form != nil {
            answers = nil
        } else if let form, form.isEditing {
            model.go(.review)
        } else if let form, let before = form.step.before {
            model.go(before)
        } else {
            onLeave()
        }
    }
}

extension PetitionStep {
    /// The page before this one.
    fileprivate var before: PetitionStep? { number > 1 ? Self.allCases[number - 2] : nil }
}
