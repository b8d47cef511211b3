import FieldbookCore
import SwiftUI

struct HamletContent: View {
    let state: Reading<HamletPage>
    var onGo: Go = { _ in }
    @Environment(\.words) private var words

    var body: some View {
        Page(state.value?.name ?? "", hasActions: state.value?.mayVisit == true) {
            switch state {
            case .loading: Text(words(.commonLoading))
            case .failed(let problem): ProblemBlock(problem)
            case .ready(let hamlet): Ready(hamlet: hamlet, onGo: onGo)
            }
        } actions: {
            if let hamlet = state.value { MainButton(words(.actionStartVisit)) { onGo(.visit(hamletId: hamlet.id)) } }
        }
    }
}

private struct Ready: View {
    let hamlet: HamletPage
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        if !hamlet.above.isEmpty { Text(hamlet.above.joined(separator: ", ")) }
        if !hamlet.earlier.isEmpty { Text(words(.screenHamletEarlier, hamlet.earlier.joined(separator: ", "))).font(.small) }
        if let state = hamlet.state { StatusChip(state.words(in: words), state.tone) }
        Visits(hamlet: hamlet)
        People(hamlet: hamlet)
        if hamlet.mayVisit { SideButton(words(.actionVisitLater)) { onGo(.visit(hamletId: hamlet.id, later: true)) } }
        if !hamlet.followUps.isEmpty { SectionTitle(words(.screenTodayFollowUps)) }
        ForEach(hamlet.followUps, id: \.id) { promise in
            LineCard(action: { onGo(.case(id: promise.visitId)) }) {
                Text(promise.text)
                Text(words(.screenHamletPromised, promise.month.words)).font(.small)
            }
        }
        SectionTitle(words(.screenCaseHistory))
        if hamlet.records.isEmpty { Text(words(.screenBookNothing)) }
        ForEach(hamlet.records, id: \.id) { row in CaseCard(row) { onGo(.case(id: row.id)) } }
    }
}

private struct Visits: View {
    let hamlet: HamletPage
    @Environment(\.words) private var words

    var body: some View {
        if let last = hamlet.visits.first {
            Text(words(.screenTodayLastVisit, last.words(today: .today, in: words)))
        } else {
            Text(words(.screenHamletNoVisit))
        }
        if hamlet.visits.count > 1 {
            Text(words(.screenHamletVisits, hamlet.visits.dropFirst().map(\.plainWords).joined(separator: ", "))).font(.small)
        }
    }
}

/// Whom to call: head and secretary first.
private struct People: View {
    let hamlet: HamletPage
    @Environment(\.words) private var words

    var body: some View {
        if !hamlet.people.isEmpty { SectionTitle(words(.screenHamletPeople)) }
        ForEach(Array(inOrder.enumerated()), id: \.offset) { _, person in
            VStack(alignment: .leading, spacing: 4) {
                Text(person.name).font(.lineTitle)
                Text(person.title.isEmpty ? words(person.role.word) : person.title).font(.small)
                if let number = person.phone {
                    CallButton(words(.actionCall, number), number: number)
                } else {
                    Text(words(.screenHamletNoNumber)).font(.small)
                }
            }
        }
        if let number = hamlet.officePhone { CallButton(words(.actionCallOffice, number), number: number) }
    }

    private var inOrder: [PersonLine] {
        let ranks: [PostRole] = [.head, .secretary, .liaison]
        let known = ranks.flatMap { rank in hamlet.people.filter { $0.role == rank } }
        return known + hamlet.people.filter { !ranks.contains($0.role) }
    }
}

extension PostRole {
    fileprivate var word: Key {
        switch self {
        case .head: .roleHead
        case .secretary: .roleSecretary
        case .liaison: .roleLiaison
        case .desk: .roleDesk
        case .leader: .roleLeader
        case .unknown: .stateUnknown
        }
    }
}
