import FieldbookCore
import SwiftUI

private let boxLines = 3

/// A report: three boxes, then the look over it. The numbers are the office's and the phone's own, from the records.
struct ReportFormContent: View {
    let state: FormState<ReportForm>
    let actions: FormActions<ReportForm>
    @Environment(\.words) private var words

    var body: some View {
        FormPage(
            state: state, actions: actions, title: { $0.count > 1 ? .kindReport : $0.first?.question ?? .kindReport },
            fieldLabel: { $0 == .post ? .formPost : .kindReport }
        ) { form in
            ReportPeriod(form: form)
            if form.isAtCheck {
                ReportCheck(form: form, actions: actions)
            } else {
                ForEach(form.page, id: \.self) { part in box(part, form) }
            }
            Text(words(.reportNumbersCounted)).font(.small)
        }
    }

    private func box(_ part: ReportForm.Part, _ form: OpenForm<ReportForm>) -> some View {
        let label = words(part.question)
        let fault = part == form.page.first ? form.fault(of: .reportBox)?.words(of: label, in: words) : nil
        return TextBox(label: label, text: form.content[part], edition: form.edition, fault: fault, lines: boxLines) { typed in
            actions.edit { $0[part] = typed }
        }
    }
}

private struct ReportPeriod: View {
    let form: OpenForm<ReportForm>
    @Environment(\.words) private var words

    var body: some View {
        if let from = form.content.from, let to = form.content.to {
            let unit = form.choices.hamlets.first { $0.id == form.content.unitId }?.name
            let kind = words((form.content.kind ?? .unknown).word)
            Text([kind, unit].compactMap(\.self).joined(separator: " · ")).font(.lineTitle)
            let today = form.choices.today
            Text(words(.reportPeriod, from.words(today: today, in: words), to.words(today: today, in: words)))
        }
    }
}

private struct ReportCheck: View {
    let form: OpenForm<ReportForm>
    let actions: FormActions<ReportForm>
    @Environment(\.words) private var words

    var body: some View {
        PostChoice(posts: form.posts, chosen: form.postId, fault: form.fault(of: .post), onChoose: actions.choosePost)
        if form.content.nothing { Text(words(.reportNothing)).font(.sectionTitle) }
        ForEach([ReportForm.Part.done, .notDone, .proposed], id: \.self) { part in
            CheckLine(title: part.question, answer: form.content[part].orNone ?? words(.formNothing)) { actions.goTo(part) }
        }
    }
}

extension ReportForm.Part {
    fileprivate var question: Key {
        switch self {
        case .done: .reportDone
        case .notDone: .reportNotDone
        case .proposed: .reportProposed
        case .check: .formCheck
        }
    }
}

extension ReportEntry {
    /// The text of a box.
    fileprivate subscript(part: ReportForm.Part) -> String {
        get {
            switch part {
            case .done: done
            case .notDone: notDone
            case .proposed: proposed
            case .check: ""
            }
        }
        set {
            switch part {
            case .done: done = newValue
            case .notDone: notDone = newValue
            case .proposed: proposed = newValue
            case .check: break
            }
        }
    }
}
