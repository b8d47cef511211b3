import FieldbookCore
import SwiftUI

struct CaseContent: View {
    let state: CaseState
    var taker = PhotoTaker()
    var onTask: (CaseTask) -> Void = { _ in }
    var onGo: Go = { _ in }
    @Environment(\.words) private var words

    var body: some View {
        Page(title, hasActions: main != nil) {
            switch state.case {
            case .loading: Text(words(.commonLoading))
            case .failed(let problem): ProblemBlock(problem)
            case .ready(let page):
                if let problem = state.problem { ProblemBlock(problem, officePhone: state.officePhone) }
                Ready(page: page, taker: taker, onTask: onTask, onGo: onGo)
            }
        } actions: {
            if let main { MainButton(words(main.word)) { onTask(main) } }
        }
    }

    private var main: CaseTask? { state.case.value?.mainTask }

    private var title: String {
        guard let row = state.case.value?.row else { return "" }
        return words(row.petitionKind?.word ?? row.kind.word)
    }
}

private struct Ready: View {
    let page: CasePageView
    let taker: PhotoTaker
    let onTask: (CaseTask) -> Void
    let onGo: Go

    var body: some View {
        StandingPart(page: page)
        WordsPart(page: page, onGo: onGo)
        if let resident = page.resident { ResidentPart(resident: resident) }
        Photos(page: page, taker: taker)
        Tasks(page: page, onTask: onTask)
        if let receipt = page.row.receipt { ReceiptBlock(receipt, page.row.sending) }
        History(page: page)
    }
}

/// Where it stands, in one sentence, and how long it has.
private struct StandingPart: View {
    let page: CasePageView
    @Environment(\.words) private var words

    var body: some View {
        FlowRow {
            StatusChip(words(row.state.word), row.state.tone)
            if row.open, let daysLeft = row.daysLeft { StatusChip(daysLeftWords(daysLeft, in: words), daysLeftTone(daysLeft)) }
            if row.open, row.urgency == .urgent { StatusChip(words(row.urgency.word), .late) }
            if row.sending != .received, row.receipt == nil { SendingChip(row.sending) }
        }
        Text(words(sentence)).font(.lineTitle)
        if let said = page.officeSays { Notice(said) }
        if row.open, let due = row.due {
            Text(words(row.dueIsExpected ? .screenCaseDueExpected : .screenCaseDue, due.plainWords))
            if let basis = page.basis { Text(basis).font(.small) }
        }
        if let fork = page.forks.first { Notice(words(.screenCaseTwoVersions, fork.shownBy, fork.keptBy)) }
        if page.erased { Notice(words(.screenCaseErased)) }
    }

    private var row: CaseRow { page.row }

    private var sentence: Key {
        if case .refused(let code) = row.sending { return code.sentence }
        return row.state.sentence
    }
}

private struct WordsPart: View {
    let page: CasePageView
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        SectionTitle(words(.screenCaseContent))
        VStack(alignment: .leading, spacing: 8) {
            Text(page.text.isEmpty ? words(.commonNoText) : page.text)
            Text([page.place, page.row.unit].filter { !$0.isEmpty }.joined(separator: " · ")).font(.small)
        }
        .textSelection(.enabled)
        if let problem = page.problem { ProblemWords(problem: problem, onGo: onGo) }
        if let visit = page.visit { VisitWords(visit: visit) }
        if let report = page.report { ReportWords(report: report) }
    }
}

private struct ResidentPart: View {
    let resident: Resident
    @Environment(\.words) private var words

    var body: some View {
        SectionTitle(words(.screenPetitionWho))
        if resident.anonymous {
            Text(words(.screenPetitionIsAnonymous))
        } else {
            Text(resident.name)
            if resident.masked { Text(words(.screenCaseMasked)).font(.small) }
            if let address = resident.address { Text(address) }
            if let number = resident.phone { CallButton(words(.actionCall, number), number: number) }
        }
    }
}

/// What may be done now, as the core says; the main one is pinned and not repeated.
private struct Tasks: View {
    let page: CasePageView
    let onTask: (CaseTask) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let tasks = page.tasks.filter { $0 != page.mainTask }
        if !tasks.isEmpty {
            SectionTitle(words(.screenCaseMayDo))
            ForEach(tasks, id: \.self) { task in SideButton(words(task.word)) { onTask(task) } }
        }
    }
}

extension CasePageView {
    /// What the office says about where it stands: the result, or why it came back.
    var officeSays: String? {
        let said: CaseAction
        switch row.state {
        case .resolved: said = .resolve
        case .declined: said = .decline
        case .returned: said = .sendBack
        case .recorded, .received, .sorted, .forwarded, .advised, .accepted, .inProgress, .extended, .suspended, .withdrawn, .answered,
            .closed, .settled, .unknown:
            return nil
        }
        let line = history.last {
            if case .happened(said, _, _, _) = $0.what { true } else { false }
        }
        return line.flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    /// What a page pins: the answer to the resident, or what the office waits for.
    var mainTask: CaseTask? {
        if actions.contains(.answer) { return .answer }
        if actions.contains(.resubmit) { return .act(.resubmit) }
        return actions.contains(.note) ? .note : nil
    }

    var tasks: [CaseTask] {
        let steps: [CaseTask] = actions.compactMap { action in
            switch action {
            case .answer: .answer
            case .note: .note
            // Takes a choice of units that the phone does not have; the office forwards.
            case .forward, .unknown: nil
            case .receive, .sort, .advise, .accept, .decline, .start, .extend, .suspend, .resume, .withdraw, .resolve, .close, .reopen,
                .sendBack, .resubmit:
                .act(action)
            }
        }
        return steps + (canCorrect ? [.correct] : []) + (canTakeBack ? [.takeBack] : [])
    }
}

extension CaseTask {
    var word: Key {
        switch self {
        case .look: .actionBack
        case .note: .screenCaseNote
        case .answer: .stateAnswered
        case .correct: .screenCaseCorrect
        case .takeBack: .screenCaseTakeBack
        case .act(let action): action.deed
        }
    }
}
