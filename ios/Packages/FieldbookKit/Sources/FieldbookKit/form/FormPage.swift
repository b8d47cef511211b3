import FieldbookCore
import SwiftUI

/// The page a form is on: what came back, what is wrong, its questions, and "Tiếp tục" or "Lưu". `hasNext` false: a tap on an answer
/// leads on by itself.
struct FormPage<Shape: FormShape, Content: View>: View {
    let state: FormState<Shape>
    let actions: FormActions<Shape>
    let title: ([Shape.Part]) -> Key
    let fieldLabel: (Field) -> Key
    var hasNext: (OpenForm<Shape>) -> Bool = { _ in true }
    @ViewBuilder let content: (OpenForm<Shape>) -> Content
    @Environment(\.words) private var words

    var body: some View {
        switch state.form {
        case .loading: Page("", onBack: actions.back) { Text(words(.commonLoading)) }
        case .failed(let problem): FailedPage(problem, onAgain: actions.again, onBack: actions.back)
        case .ready(let form):
            QuestionPage(
                words(title(form.page)), step: form.at + 1, steps: form.pages.count, onBack: actions.back, hasActions: hasNext(form)
            ) {
                if let keptAt = form.restoredFrom { RestoredNotice(keptAt: keptAt) }
                if let problem = form.problem { ProblemBlock(problem) }
                if let fault = form.fault { FaultSummary(label: words(fieldLabel(fault.field)), fault: fault) }
                if form.beforeRemoval != nil { RemovedNotice(onUndo: actions.undoRemoval) }
                content(form)
            } actions: {
                onward(form)
            }
            // Another page begins at its top.
            .id(form.at)
        }
    }

    @ViewBuilder private func onward(_ form: OpenForm<Shape>) -> some View {
        if form.isAtCheck {
            MainButton(words(.actionSave), isBusy: form.isBusy, action: actions.save)
        } else if form.isEditing {
            MainButton(words(.formDoneEditing), action: actions.next)
        } else {
            MainButton(words(form.at == form.pages.count - 2 ? .formCheck : .actionContinue), action: actions.next)
        }
    }
}
