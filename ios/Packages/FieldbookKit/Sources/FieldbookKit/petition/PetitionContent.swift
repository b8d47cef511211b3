import FieldbookCore
import SwiftUI

/// What a person does on the pages of a petition.
@MainActor
struct PetitionActions {
    var change: ((inout PetitionEntry) -> Void) -> Void = { _ in }
    var choosePost: (String) -> Void = { _ in }
    var next: () -> Void = {}
    /// "Sửa".
    var go: (PetitionStep) -> Void = { _ in }
    /// "Sửa" of the kind: the questions again.
    var askKind: () -> Void = {}
    var removePhoto: (Int) -> Void = { _ in }
    var undoRemoval: () -> Void = {}
    var save: () -> Void = {}
    /// Tries once more to open what could not be opened.
    var again: () -> Void = {}
    var back: () -> Void = {}
}

/// The form after the questions: one question per page, then everything once more.
struct PetitionContent: View {
    let state: PetitionState
    let actions: PetitionActions
    let taker: PhotoTaker
    @Environment(\.words) private var words

    var body: some View {
        switch state {
        case .form(let form): page(form).id(form.step)
        case .failed(let problem): FailedPage(problem, onAgain: actions.again, onBack: actions.back)
        case .loading, .sorting, .guidance: Page("", onBack: actions.back) { Text(words(.commonLoading)) }
        }
    }

    @ViewBuilder private func page(_ form: PetitionForm) -> some View {
        switch form.step {
        case .text: StepPage(.screenPetitionTextTitle, form, actions) { TextQuestion(form: form, actions: actions, taker: taker) }
        case .who: StepPage(.screenPetitionWhoTitle, form, actions) { WhoQuestion(form: form, actions: actions) }
        case .where: StepPage(.screenPetitionWhereTitle, form, actions) { WhereQuestion(form: form, actions: actions) }
        case .review: ReviewPage(form: form, actions: actions)
        }
    }
}

private struct StepPage<Content: View>: View {
    let question: Key
    let form: PetitionForm
    let actions: PetitionActions
    let content: Content
    @Environment(\.words) private var words

    init(_ question: Key, _ form: PetitionForm, _ actions: PetitionActions, @ViewBuilder content: () -> Content) {
        self.question = question
        self.form = form
        self.actions = actions
        self.content = content()
    }

    var body: some View {
        QuestionPage(words(question), step: form.step.number, steps: PetitionStep.allCases.count, onBack: actions.back) {
            if let keptAt = form.restored { RestoredNotice(keptAt: keptAt) }
            if let problem = form.problem { ProblemBlock(problem) }
            content
        } actions: {
            MainButton(words(form.isEditing ? .formDoneEditing : .actionContinue), action: actions.next)
        }
    }
}

private struct TextQuestion: View {
    let form: PetitionForm
    let actions: PetitionActions
    let taker: PhotoTaker
    @Environment(\.words) private var words

    /// All pictures of a petition belong to the whole of it.
    private let slot = "whole"

    var body: some View {
        FormField(
            words(.screenPetitionText), text: form.entry.text, hint: words(.commonMicrophone),
            fault: form.fault(of: .text).map { words($0.sentence) }, lines: 4
        ) { typed in actions.change { $0.text = typed } }
        if form.removedFrom != nil { RemovedNotice(onUndo: actions.undoRemoval) }
        PhotoRow(slot: slot, photos: form.entry.photos, work: form.photoWork, taker: taker, onRemove: actions.removePhoto)
    }
}

private struct WhoQuestion: View {
    let form: PetitionForm
    let actions: PetitionActions
    @Environment(\.words) private var words

    var body: some View {
        let entry = form.entry
        SwitchLine(words(.screenPetitionAnonymous), more: words(.screenPetitionAnonymousHint), isOn: entry.anonymous) { isOn in
            actions.change { $0.anonymous = isOn }
        }
        if !entry.anonymous {
            FormField(
                words(.screenPetitionName), text: entry.name, fault: form.fault(of: .resident).map { words($0.sentence) }
            ) { typed in actions.change { $0.name = typed } }
            FormField(words(.screenPetitionPhone), text: entry.phone, keyboard: .phonePad) { typed in
                actions.change { $0.phone = typed }
            }
            FormField(words(.screenPetitionAddress), text: entry.address) { typed in actions.change { $0.address = typed } }
            Text(words(.screenPetitionNameSecret)).font(.small)
        }
    }
}

private struct WhereQuestion: View {
    let form: PetitionForm
    let actions: PetitionActions
    @Environment(\.words) private var words

    var body: some View {
        ForEach(offered, id: \.id) { hamlet in
            ChoiceLine(hamlet.name, more: hamlet.commune, isChosen: hamlet.id == form.entry.hamletId) {
                actions.change { $0.hamletId = hamlet.id }
            }
        }
        FormField(
            words(.screenPetitionPlace), text: form.entry.place, hint: words(.screenPetitionPlaceHint),
            fault: form.fault(of: .where).map { words($0.sentence) }
        ) { typed in actions.change { $0.place = typed } }
        // Only a complaint's periods are longer there.
        if form.entry.kind == .complaint {
            SwitchLine(words(.screenPetitionRemote), more: words(.screenPetitionRemoteHint), isOn: form.entry.remote) { isOn in
                actions.change { $0.remote = isOn }
            }
        }
    }

    /// One's own, else all; and the one that is chosen.
    private var offered: [HamletChoice] {
        let own = form.hamlets.filter(\.own)
        return own.isEmpty ? form.hamlets : own + form.hamlets.filter { !$0.own && $0.id == form.entry.hamletId }
    }
}
