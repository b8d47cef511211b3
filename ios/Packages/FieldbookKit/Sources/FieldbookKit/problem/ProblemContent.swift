import FieldbookCore
import SwiftUI

/// A problem by itself, page by page.
struct ProblemContent: View {
    let state: ProblemState
    let actions: FormActions<ProblemForm>
    let taker: PhotoTaker
    let onHamlet: (HamletChoice) -> Void
    let onFind: (String) -> Void

    var body: some View {
        FormPage(
            state: state.form, actions: actions, title: { $0.first?.question ?? .formCheck }, fieldLabel: \.problemLabel,
            hasNext: { !$0.page.contains(.hamlet) || !$0.content.hamletId.isEmpty }
        ) { form in
            ForEach(form.page, id: \.self) { part in question(part, form) }
        }
    }

    @ViewBuilder private func question(_ part: ProblemForm.Part, _ form: OpenProblem) -> some View {
        switch part {
        case .hamlet:
            HamletList(
                hamlets: form.choices.hamlets, found: state.found, chosen: form.content.hamletId, onChoose: onHamlet, onFind: onFind)
        case .what:
            ProblemText(problem: form.content, edition: form.edition, fault: form.fault(of: .text), onChange: actions.edit)
            ProblemPlace(problem: form.content, edition: form.edition, fault: form.fault(of: .where), onChange: actions.edit)
            PhotoRow(slot: ProblemForm.slot, photos: form.content.photos, work: form.photoWork, taker: taker) { index in
                actions.remove { $0.photos.remove(at: index) }
            }
        case .handling:
            ProblemHandling(
                problem: form.content, fault: form.fault(of: .toLevel), isTitled: form.page.count > 1, onChange: actions.edit)
        case .check: ProblemCheck(form: form, actions: actions)
        }
    }
}

private struct ProblemCheck: View {
    let form: OpenProblem
    let actions: FormActions<ProblemForm>
    @Environment(\.words) private var words

    var body: some View {
        let content = form.content
        let hamlet = form.choices.hamlets.first { $0.id == content.hamletId }
        let photos = content.photos.isEmpty ? nil : words(.photos, count: content.photos.count)
        let what = [content.text.orNone, content.place.orNone, photos].compactMap(\.self)
        let handling = content.handledWords(in: words) ?? words(.formNothing)
        PostChoice(posts: form.posts, chosen: form.postId, fault: form.fault(of: .post), onChoose: actions.choosePost)
        CheckLine(title: .fieldHamlet, answer: hamlet?.name ?? "") { actions.goTo(.hamlet) }
        CheckLine(title: .fieldProblem, answer: what.joined(separator: "\n")) { actions.goTo(.what) }
        CheckLine(title: .fieldHandling, answer: handling + "\n" + words(content.urgency.word)) { actions.goTo(.handling) }
    }
}

extension ProblemForm.Part {
    fileprivate var question: Key {
        switch self {
        case .hamlet: .screenProblemHamlet
        case .what: .screenProblemWhat
        case .handling: .fieldHandling
        case .check: .formCheck
        }
    }
}

extension Field {
    fileprivate var problemLabel: Key {
        switch self {
        case .hamlet: .fieldHamlet
        case .toLevel: .fieldHandling
        case .where: .fieldWhere
        case .photo: .fieldPhoto
        case .post: .formPost
        default: .fieldProblem
        }
    }
}
