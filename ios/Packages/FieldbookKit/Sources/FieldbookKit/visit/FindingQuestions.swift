import FieldbookCore
import SwiftUI

struct ProblemsQuestion: View {
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    let taker: PhotoTaker
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 12) {
            ForEach(form.content.problems.indices, id: \.self) { index in
                ProblemLines(index: index, problem: form.content.problems[index], form: form, actions: actions, taker: taker)
            }
            if form.content.problems.isEmpty { Text(words(.screenVisitNoProblem)) }
            SideButton(words(.screenVisitAddProblem), icon: "plus") { actions.edit { $0.problems.append(.empty) } }
        }
    }
}

private struct ProblemLines: View {
    let index: Int
    let problem: ProblemEntry
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    let taker: PhotoTaker
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 12) {
            ProblemText(problem: problem, edition: form.edition, fault: form.fault(of: .problem(index: Int32(index))), onChange: change)
            ProblemHandling(problem: problem, fault: isFirstUnhandled ? form.fault(of: .toLevel) : nil, onChange: change)
            PhotoRow(slot: slot, photos: problem.photos, work: form.photoWork, taker: taker) { at in
                actions.remove { $0.removePhoto(at, from: slot) }
            }
            LineButton(words(.screenVisitRemoveProblem, index + 1), icon: "xmark") { actions.remove { $0.problems.remove(at: index) } }
        }
        .padding(12)
        .overlay { RoundedRectangle(cornerRadius: Theme.corner).stroke(Theme.line.color) }
    }

    private var slot: String { PhotoOf.problem(index).slot }

    /// A fault of the handling names no problem: it is that of the first that has none.
    private var isFirstUnhandled: Bool { form.content.problems.firstIndex { $0.handling == nil } == index }

    private func change(_ change: (inout ProblemEntry) -> Void) { actions.edit { change(&$0.problems[index]) } }
}

struct PhotosQuestion: View {
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    let taker: PhotoTaker
    @Environment(\.words) private var words

    var body: some View {
        let slot = PhotoOf.visit.slot
        let label = words(.screenVisitRemark)
        let fault = form.fault(of: .remark)?.words(of: label, in: words)
        VStack(alignment: .leading, spacing: 12) {
            PhotoRow(slot: slot, photos: VisitForm.photos(form.content, in: slot), work: form.photoWork, taker: taker) { at in
                actions.remove { $0.removePhoto(at, from: slot) }
            }
            TextBox(label: label, text: form.content.remark, edition: form.edition, fault: fault) { typed in
                actions.edit { $0.remark = typed }
            }
        }
    }
}

struct PromisesQuestion: View {
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 12) {
            ForEach(form.content.promises.indices, id: \.self) { index in
                let label = words(.screenVisitPromise, index + 1)
                let fault = form.fault(of: .promise(index: Int32(index)))?.words(of: label, in: words)
                TextBox(label: label, text: form.content.promises[index].text, edition: form.edition, fault: fault) { typed in
                    actions.edit { $0.promises[index].text = typed }
                }
                LineButton(words(.screenVisitRemovePromise, index + 1), icon: "xmark") {
                    actions.remove { $0.promises.remove(at: index) }
                }
            }
            SideButton(words(.screenVisitAddPromise, form.choices.nextMonth.words), icon: "plus") {
                actions.edit { $0.promises.append(PromiseEntry(text: "", month: nil)) }
            }
        }
    }
}
