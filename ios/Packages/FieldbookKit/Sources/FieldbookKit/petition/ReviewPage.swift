import FieldbookCore
import SwiftUI

/// "Kiểm tra lại": each part leads to its page.
struct ReviewPage: View {
    let form: PetitionForm
    let actions: PetitionActions
    @Environment(\.words) private var words

    var body: some View {
        QuestionPage(words(.formCheck), step: form.step.number, steps: PetitionStep.allCases.count, onBack: actions.back) {
            if let keptAt = form.restored { RestoredNotice(keptAt: keptAt) }
            if form.repairs { Notice(words(.screenPetitionRepairs)) }
            if let problem = form.problem { ProblemBlock(problem) }
            CheckLine(title: .screenPetitionText, answer: form.entry.text.orNone ?? words(.commonNoText)) { actions.go(.text) }
            if !form.entry.photos.isEmpty { Text(words(.screenPetitionPhotos, count: form.entry.photos.count)) }
            CheckLine(title: .screenPetitionWho, answer: who) { actions.go(.who) }
            CheckLine(title: .screenPetitionWhere, answer: place) { actions.go(.where) }
            CheckLine(title: .screenPetitionKind, answer: kind, onEdit: actions.askKind)
            PostChoice(posts: form.posts, chosen: form.postId, onChoose: actions.choosePost)
            if let clock = form.result?.clocks.first { Text(clock.words(in: words)).font(.small) }
        } actions: {
            MainButton(words(.actionSave), isBusy: form.isBusy, action: actions.save)
        }
    }

    private var who: String {
        let entry = form.entry
        if entry.anonymous { return words(.screenPetitionIsAnonymous) }
        return [entry.name, entry.phone, entry.address].compactMap(\.orNone).joined(separator: "\n")
    }

    private var place: String {
        let hamlet = form.hamlets.first { $0.id == form.entry.hamletId }?.name
        let remote = form.entry.remote ? words(.screenPetitionRemote) : nil
        return [hamlet, form.entry.place.orNone, remote].compactMap(\.self).joined(separator: "\n")
    }

    private var kind: String {
        let kind = words(form.entry.kind?.word ?? .kindPetition)
        return form.entry.urgency == .urgent ? kind + " · " + words(.urgencyUrgent) : kind
    }
}
