import FieldbookCore
import SwiftUI

/// The questions before a petition, then what it is.
struct SorterContent: View {
    let step: SorterStep
    let state: PetitionState
    let onAnswer: (Bool) -> Void
    let onBegin: (SorterResult) -> Void
    let onBack: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        switch step {
        case .ask(let question, let number, let atMost):
            QuestionPage(words(question.sentence), step: Int(number), steps: Int(atMost), onBack: onBack) {
                Text(words(question.example))
                if number == 1 { Text(words(.screenPetitionNothingKept)).font(.small) }
            } actions: {
                SideButton(words(.actionYes)) { onAnswer(true) }
                SideButton(words(.actionNo)) { onAnswer(false) }
            }
        case .sorted(let result):
            Page(words(.screenPetitionSortedTitle, words(result.kind.word)), onBack: onBack) {
                if let problem = sorting?.problem { ProblemBlock(problem) }
                Way(result: result)
            } actions: {
                MainButton(words(.screenPetitionBegin), isBusy: sorting?.isBusy == true) { onBegin(result) }
            }
        }
    }

    private var sorting: Sorting? {
        guard case .sorting(let sorting) = state else { return nil }
        return sorting
    }
}

/// Kind, clock and way, as the core's sorter gives them.
private struct Way: View {
    let result: SorterResult
    @Environment(\.words) private var words

    var body: some View {
        if result.urgency == .urgent { StatusChip(words(.urgencyUrgent), .late) }
        Text(words(result.place.sentence))
        ForEach(Array(result.clocks.enumerated()), id: \.offset) { _, clock in
            Text(clock.words(in: words)).font(.lineTitle)
            Text(clock.basis).font(.small)
        }
    }
}

/// A denunciation: how and where to hand it over. Nothing of it is taken, and nothing is said before nothing of it is left.
struct GuidanceContent: View {
    let state: PetitionState
    let onAdvise: (_ hamletId: String) -> Void
    let onAgain: () -> Void
    let onLeave: () -> Void
    @State private var chosen: String?
    @Environment(\.words) private var words

    var body: some View {
        switch state {
        case .guidance(let guidance):
            Page(words(.screenPetitionGuidanceTitle), onBack: onLeave, hasActions: guidance.isNoted || hamletId(guidance) != nil) {
                content(guidance)
            } actions: {
                if guidance.isNoted {
                    MainButton(words(.actionDone), action: onLeave)
                } else if let hamletId = hamletId(guidance) {
                    MainButton(words(.screenPetitionNoteAdvised), isBusy: guidance.isBusy) { onAdvise(hamletId) }
                }
            }
        case .failed(let problem): Page("", onBack: onLeave) { ProblemBlock(problem, onAgain: onAgain) }
        case .loading, .sorting, .form: Page("", onBack: onLeave) { Text(words(.commonLoading)) }
        }
    }

    @ViewBuilder private func content(_ guidance: Guidance) -> some View {
        if let problem = guidance.problem { ProblemBlock(problem, officePhone: guidance.officePhone) }
        if guidance.isNoted { Notice(words(.screenPetitionAdvised)) }
        Text(words(.screenPetitionGuidanceNotHere))
        Text(words(.screenPetitionGuidanceHow))
        Text(words(.screenPetitionGuidanceSecret))
        if let phone = guidance.officePhone { CallButton(words(.actionCallOffice, phone), number: phone) }
        if !guidance.isNoted, guidance.hamlets.count > 1 {
            SectionTitle(words(.screenPetitionGuidanceWhere))
            ForEach(guidance.hamlets, id: \.id) { place in
                ChoiceLine(place.name, isChosen: place.id == chosen) { chosen = place.id }
            }
        }
    }

    /// The one place it can have been in, or the one that was chosen.
    private func hamletId(_ guidance: Guidance) -> String? { guidance.hamlets.count == 1 ? guidance.hamlets.first?.id : chosen }
}
