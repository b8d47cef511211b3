import FieldbookCore
import SwiftUI

/// A page that does one thing to the record it names.
private struct TaskPage<Content: View>: View {
    let state: CaseState
    let task: CaseTask
    var action: Key = .actionSave
    let onDo: () -> Void
    let onBack: () -> Void
    @ViewBuilder let content: (CasePageView) -> Content
    @Environment(\.words) private var words

    var body: some View {
        Page(words(task.word), onBack: onBack) {
            if let problem = state.problem { ProblemBlock(problem, officePhone: state.officePhone) }
            if let page = state.case.value { content(page) }
        } actions: {
            MainButton(words(action), isBusy: state.isBusy, action: onDo)
        }
    }
}

/// A note, or a step of the case with the words that go along.
struct WordsPage: View {
    let state: CaseState
    @Binding var doing: CaseDoing
    var onDone: (String) -> Void = { _ in }
    var onBack: () -> Void = {}
    @Environment(\.words) private var words

    var body: some View {
        TaskPage(state: state, task: doing.task, onDo: { onDone(doing.words ?? "") }, onBack: onBack) { page in
            Text(page.row.text)
            FormField(
                words(asksReason ? .commonReason : .commonWords), text: doing.words ?? "", hint: words(.commonMicrophone), fault: fault,
                lines: 4, onType: { doing.words = $0 })
        }
    }

    private var asksReason: Bool {
        if case .act(let action) = doing.task { action.asksReason } else { false }
    }

    private var fault: String? {
        if case .Invalid(_, let fault) = state.problem { words(fault.sentence) } else { nil }
    }
}

/// "Đã trả lời người dân": how and when. One tap is enough when it was today and in person.
struct AnswerPage: View {
    let state: CaseState
    @Binding var doing: CaseDoing
    var onAnswer: (AnswerEntry) -> Void = { _ in }
    var onBack: () -> Void = {}
    @Environment(\.words) private var words

    var body: some View {
        TaskPage(state: state, task: .answer, onDo: answer, onBack: onBack) { page in
            Text(page.row.text).font(.small)
            if let said = page.officeSays { Notice(said) }
            SectionTitle(words(.screenCaseHow))
            ForEach(CaseDoing.ways, id: \.self) { way in
                ChoiceLine(words(way.word), isChosen: doing.way == way) { doing.way = way }
            }
            SectionTitle(words(.screenCaseWhen))
            FlowRow {
                Text(day.words(today: .today, in: words)).font(.lineTitle)
                LineButton(words(.screenCaseDayBefore)) { doing.daysAgo += 1 }
                if doing.daysAgo > 0 { LineButton(words(.dateToday)) { doing.daysAgo = 0 } }
            }
            FormField(
                words(.screenCaseSaid), text: doing.words ?? "", hint: words(.commonMicrophone), lines: 3, onType: { doing.words = $0 })
        }
    }

    private var day: CalendarDay { .today.plus(days: -doing.daysAgo) }

    private func answer() {
        guard let page = state.case.value else { return }
        onAnswer(AnswerEntry(caseId: page.row.id, way: doing.way, day: doing.daysAgo > 0 ? day : nil, text: doing.words ?? ""))
    }
}

/// "Đính chính"; of a record that was sent back the reason stands on top, and it goes to the office again.
struct CorrectPage: View {
    let state: CaseState
    @Binding var doing: CaseDoing
    var onCorrect: (_ text: String, _ place: String) -> Void = { _, _ in }
    var onBack: () -> Void = {}
    @Environment(\.words) private var words

    var body: some View {
        let isReturned = state.case.value?.actions.contains(.resubmit) == true
        TaskPage(
            state: state, task: isReturned ? .act(.resubmit) : .correct, action: isReturned ? .screenCaseCorrectAndSend : .actionSave,
            onDo: correct, onBack: onBack
        ) { page in
            if let reason = page.officeSays { Notice(reason) }
            Text(words(.screenCaseCorrectHint)).font(.small)
            FormField(words(.screenCaseContent), text: doing.words ?? page.text, lines: 4, onType: { doing.words = $0 })
            FormField(words(.screenPetitionPlace), text: doing.place ?? page.place, onType: { doing.place = $0 })
        }
    }

    private func correct() {
        guard let page = state.case.value else { return }
        onCorrect(doing.words ?? page.text, doing.place ?? page.place)
    }
}

struct TakeBackPage: View {
    let state: CaseState
    var onTakeBack: () -> Void = {}
    var onBack: () -> Void = {}
    @Environment(\.words) private var words

    var body: some View {
        TaskPage(state: state, task: .takeBack, action: .screenCaseTakeBack, onDo: onTakeBack, onBack: onBack) { page in
            Text(page.row.text)
            Text(words(.screenCaseTakeBackHint))
        }
    }
}
