import FieldbookCore
import SwiftUI

struct CaseScreen: View {
    let caseId: String
    let pictures: Pictures
    let onGo: Go
    @State private var model: CaseModel
    @SceneStorage("case_doing") private var kept: Data?

    init(_ fieldbook: any FieldbookProtocol, _ pictures: Pictures, caseId: String, onGo: @escaping Go) {
        self.caseId = caseId
        self.pictures = pictures
        self.onGo = onGo
        _model = State(initialValue: CaseModel(fieldbook, pictures, id: caseId))
    }

    var body: some View {
        page
            .task { await model.takeInPhotos() }
            .task { await model.follow() }
    }

    private var doing: CaseDoing { CaseDoing(kept: kept, of: model.state.case.value) }

    @ViewBuilder private var page: some View {
        switch doing.task {
        case .look:
            WithPhotoTaker(
                pictures, draftId: photoFolder(caseId), onWaiting: { Task { await model.takeInPhotos() } },
                onFail: { _ in model.photoFailed() }
            ) { taker in
                CaseContent(state: model.state, taker: taker, onTask: begin, onGo: onGo)
            }
        case .note:
            WordsPage(state: model.state, doing: typed, onDone: { model.note($0, onDone: look) }, onBack: look)
        case .correct, .act(.resubmit):
            CorrectPage(
                state: model.state, doing: typed, onCorrect: { model.correct($0, place: $1, onDone: look) }, onBack: look)
        case .act(let action):
            WordsPage(state: model.state, doing: typed, onDone: { model.act(action, $0, onDone: look) }, onBack: look)
        case .answer:
            AnswerPage(state: model.state, doing: typed, onAnswer: { model.answer($0, onDone: look) }, onBack: look)
        case .takeBack:
            TakeBackPage(state: model.state, onTakeBack: { model.takeBack(onDone: look) }, onBack: look)
        }
    }

    private var typed: Binding<CaseDoing> {
        Binding(get: { doing }, set: { kept = $0.kept(of: caseId) })
    }

    private func begin(_ task: CaseTask) { kept = CaseDoing(task: task).kept(of: caseId) }

    private func look() {
        model.forget()
        kept = nil
    }
}
