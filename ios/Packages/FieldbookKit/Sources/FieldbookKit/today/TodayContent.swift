import FieldbookCore
import SwiftUI

/// The first screen; who holds both posts sees both halves.
struct TodayContent: View {
    let state: TodayState
    var onGo: Go = { _ in }
    var onSend: () -> Void = {}
    var onAgain: () -> Void = {}
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.placeToday), hasActions: hasFailed || state.today.value?.mayVisit == true) {
            switch state.today {
            case .loading: Text(words(.commonLoading))
            case .failed(let problem): ProblemBlock(problem)
            case .ready(let today): Day(today: today, state: state, onGo: onGo, onSend: onSend)
            }
        } corner: {
            LineButton(words(.placeMe), icon: "person.crop.circle") { onGo(.me) }
        } actions: {
            if hasFailed { AgainButton(onAgain: onAgain) } else { VisitActions(onGo: onGo, isPinned: true) }
        }
    }

    private var hasFailed: Bool {
        guard case .failed = state.today else { return false }
        return true
    }
}

private struct Day: View {
    let today: Today
    let state: TodayState
    let onGo: Go
    let onSend: () -> Void
    @Environment(\.words) private var words
    @Environment(\.dynamicTypeSize) private var size

    var body: some View {
        Text(today.day.longWords(in: words)).font(.small)
        if today.practice { Notice(words(.commonPractice)) }
        TrafficStrip(traffic: today.traffic, isSending: state.isSending, onSend: onSend)
        if let problem = state.problem { ProblemBlock(problem, officePhone: today.officePhone) }
        if today.traffic.needsAttention > 0 { AttentionCard(count: Int(today.traffic.needsAttention)) { onGo(.outbox) } }
        if today.showsTiles { Tiles(isMain: !today.mayVisit, onGo: onGo) }
        if today.mayVisit { Hamlets(today: today, onGo: onGo) }
        if today.mayVisit, size.areWordsLarge { VisitActions(onGo: onGo, isPinned: false) }
        Matters(title: .screenTodayWaiting, rows: today.waitingForMe, onGo: onGo)
        Matters(title: .screenTodayAnswers, rows: today.answersBack, onGo: onGo)
        Reports(today: today, onGo: onGo)
        FollowUps(today: today, onGo: onGo)
        Matters(title: .screenTodayDueSoon, rows: today.dueSoon, onGo: onGo)
        Drafts(drafts: today.drafts, onGo: onGo)
        if today.mayTakePetitions, !today.showsTiles {
            SectionTitle(words(.screenTodayAlso))
            SideButton(words(.actionTakePetition), icon: "text.bubble") { onGo(.petition()) }
            SideButton(words(.actionNoteProblem), icon: "exclamationmark.bubble") { onGo(.problem()) }
        }
    }
}

private struct Tiles: View {
    let isMain: Bool
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        Tile(words(.actionTakePetition), icon: "text.bubble", isMain: isMain) { onGo(.petition()) }
        Tile(words(.actionReport), icon: "doc.text") { onGo(.report) }
    }
}

/// The main action stays in sight; the one beside it only while words are not so large that both would fill the page.
private struct VisitActions: View {
    let onGo: Go
    let isPinned: Bool
    @Environment(\.words) private var words
    @Environment(\.dynamicTypeSize) private var size

    var body: some View {
        if isPinned { MainButton(words(.actionStartVisit)) { onGo(.visit()) } }
        if isPinned != size.areWordsLarge { SideButton(words(.actionVisitLater)) { onGo(.visit(later: true)) } }
    }
}

private struct Matters: View {
    let title: Key
    let rows: [CaseRow]
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        if !rows.isEmpty {
            SectionTitle(words(title))
            ForEach(rows, id: \.id) { row in CaseCard(row) { onGo(.case(id: row.id)) } }
        }
    }
}
