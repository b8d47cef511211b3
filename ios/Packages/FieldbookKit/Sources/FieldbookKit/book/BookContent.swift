import FieldbookCore
import SwiftUI

struct BookContent: View {
    let state: BookState
    var onAsk: (BookFilter) -> Void = { _ in }
    var onMore: () -> Void = {}
    var onGo: Go = { _ in }
    @Environment(\.words) private var words

    var body: some View {
        ListPage(words(.placeBook)) {
            Asked(state: state, onAsk: onAsk)
            if let problem = state.problem { ProblemBlock(problem) }
            ForEach(state.rows, id: \.id) { row in
                CaseCard(row) { onGo(.case(id: row.id)) }
                    .onChange(of: row.id == lastButSome, initial: true) { _, isEndNear in if isEndNear { onMore() } }
            }
            if state.isReading || state.hasMore {
                ProgressView().frame(maxWidth: .infinity)
            } else if state.rows.isEmpty, state.problem == nil {
                Nothing(asked: state.asked)
            }
        }
    }

    /// When this one is in sight the next page is asked for.
    private var lastButSome: String? {
        state.hasMore ? state.rows[max(state.rows.count - near, 0)].id : nil
    }
}

/// So many lines before the end the next page is asked for.
private let near = 10

private struct Asked: View {
    let state: BookState
    let onAsk: (BookFilter) -> Void
    @State private var showsHamlets = false
    @Environment(\.words) private var words
    @Environment(\.dynamicTypeSize) private var size

    var body: some View {
        VStack(alignment: .leading, spacing: 12) {
            FlowRow {
                ForEach(BookFilter.parts, id: \.self) { part in
                    PartTab(words(part.title), isHere: part == asked.kind) { ask { $0.kind = part } }
                }
            }
            // With large words the room belongs to what is found.
            FormField(
                words(.screenBookSearch), text: asked.words, hint: size.areWordsLarge ? nil : words(.screenBookSearchHint),
                onType: { typed in ask { $0.words = typed } })
            FlowRow {
                if asked.kind != .visit {
                    FilterToggle(words(.screenBookOpen), isOn: asked.openOnly) { ask { $0.openOnly.toggle() } }
                }
                FilterToggle(words(.screenBookMine), isOn: asked.mineOnly) { ask { $0.mineOnly.toggle() } }
                if state.hamlets.count > 1 {
                    FilterToggle(words(.screenBookHamlet), isOn: areHamletsShown) { showsHamlets.toggle() }
                }
                if areHamletsShown {
                    ForEach(state.hamlets, id: \.id) { hamlet in
                        let isOn = asked.hamletId == hamlet.id
                        FilterToggle(hamlet.name, isOn: isOn) { ask { $0.hamletId = isOn ? nil : hamlet.id } }
                    }
                }
            }
        }
    }

    private var asked: BookFilter { state.asked }
    private var areHamletsShown: Bool { showsHamlets || asked.hamletId != nil }

    private func ask(_ change: (inout BookFilter) -> Void) {
        var filter = asked
        change(&filter)
        onAsk(filter)
    }
}

private struct Nothing: View {
    let asked: BookFilter
    @Environment(\.words) private var words

    var body: some View {
        let text = words(asked.isNarrow ? .screenBookNothingFound : .screenBookNothing)
        Text(text).onChange(of: text, initial: true) { AccessibilityNotification.Announcement(text).post() }
    }
}

extension CaseKind {
    fileprivate var title: Key {
        switch self {
        case .problem: .screenBookProblems
        case .petition: .screenBookPetitions
        case .visit, .report: .screenBookVisits
        }
    }
}
