import FieldbookCore
import SwiftUI

struct Hamlets: View {
    let today: Today
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        SectionTitle(words(.screenTodayHamlets))
        Text(coverage)
        ForEach(today.hamlets, id: \.id) { hamlet in
            HamletLine(hamlet: hamlet, today: today.day) { onGo(.hamlet(id: hamlet.id)) }
        }
    }

    private var coverage: String {
        let coverage = today.coverage
        if coverage.assigned == 0 { return words(.screenTodayNoHamlets) }
        return words(.screenTodayCoverage, coverage.visited, coverage.assigned)
    }
}

private struct HamletLine: View {
    let hamlet: HamletCard
    let today: CalendarDay
    let onOpen: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        LineCard(action: onOpen) {
            FlowRow {
                Text(hamlet.name).font(.sectionTitle)
                StatusChip(hamlet.state.words(in: words), hamlet.state.tone)
            }
            if let last = hamlet.lastVisit { Text(words(.screenTodayLastVisit, last.words(today: today, in: words))) }
            if !open.isEmpty { Text(open.joined(separator: " · ")) }
        }
    }

    private var open: [String] {
        var open: [String] = []
        if hamlet.openFollowUps > 0 { open.append(words(.openFollowUps, count: Int(hamlet.openFollowUps))) }
        if hamlet.openMatters > 0 { open.append(words(.openMatters, count: Int(hamlet.openMatters))) }
        return open
    }
}

struct AttentionCard: View {
    let count: Int
    let onOpen: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        LineCard(action: onOpen) {
            StatusChip(words(.screenOutboxAttention), .danger)
            Text(words(.attention, count: count))
        }
    }
}

struct Reports: View {
    let today: Today
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        if !today.reportsDue.isEmpty {
            SectionTitle(words(.screenTodayReports))
            ForEach(Array(today.reportsDue.enumerated()), id: \.offset) { _, report in
                LineCard(action: { onGo(.nothing(unitId: report.unitId, kind: report.kind)) }) {
                    Text(words(report.kind.word)).font(.lineTitle)
                    Text(words(.screenTodayReportUntil, report.unit, report.to.words(today: today.day, in: words)))
                }
            }
        }
    }
}

struct FollowUps: View {
    let today: Today
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        if !today.followUps.isEmpty {
            SectionTitle(words(.screenTodayFollowUps))
            ForEach(today.followUps, id: \.id) { promise in
                LineCard(action: { onGo(.case(id: promise.visitId)) }) {
                    Text(promise.text)
                    Text(words(.screenTodayPromised, promise.unit, promise.month.words)).font(.small)
                }
            }
        }
    }
}

struct Drafts: View {
    let drafts: [DraftRow]
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        if !drafts.isEmpty {
            SectionTitle(words(.screenTodayDrafts))
            ForEach(drafts, id: \.id) { draft in
                LineCard(action: { onGo(draft.place) }) {
                    StatusChip(words(.sendingDraft), .soon)
                    Text([words(draft.kind.word), draft.unit].compactMap(\.self).joined(separator: " · ")).font(.lineTitle)
                    if !draft.text.isEmpty { Text(draft.text) }
                    Text(words(.screenTodayKept, draft.updated.words)).font(.small)
                }
            }
        }
    }
}

extension DraftRow {
    /// The form in which a draft goes on.
    var place: Place {
        switch kind {
        case .visit: .visit(draftId: id)
        case .problem: .problem(draftId: id)
        case .petition: .petition(draftId: id)
        case .report: .reportForm(draftId: id)
        }
    }
}
