import FieldbookCore
import SwiftUI

/// The whole app on the screen: a blank page until the notebook is open, then the page one was on.
public struct Root: View {
    private let graph: Graph
    @State private var model: RootModel
    @State private var stack = Stack(.today)
    @SceneStorage("stack") private var kept: Data?
    @Environment(\.scenePhase) private var phase

    public init(_ graph: Graph) {
        self.graph = graph
        _model = State(initialValue: RootModel(graph))
    }

    public var body: some View {
        Group {
            switch model.state.standing {
            case .loading: Theme.paper.color
            case .failed(let problem): NavigationStack { Page("") { ProblemBlock(problem) } }
            case .ready(let standing):
                if model.state.isLocked {
                    LockScreen(choices: graph.choices, phoneLock: graph.phoneLock, onOpen: model.unlock)
                } else {
                    Places(graph: graph, stack: stack, standing: standing)
                }
            }
        }
        .fieldbookTheme(model.state.textSize)
        .task { await model.follow() }
        .onAppear { stack.kept = kept }
        .onChange(of: stack.kept) { _, now in kept = now }
        .onChange(of: phase, initial: true) {
            switch phase {
            case .active: graph.presence.shown()
            case .background: graph.presence.hidden()
            case .inactive: break
            @unknown default: break
            }
        }
    }
}

private struct Places: View {
    let graph: Graph
    let stack: Stack
    let standing: Standing

    private var isNobody: Bool { standing == .notEnrolled }

    var body: some View {
        Group {
            if isNobody || stack.root == .enrol {
                NavigationStack { PageOf(.enrol, graph, stack) }
            } else {
                BottomBar(stack: stack) { place in
                    PageOf(place, graph, stack).safeAreaInset(edge: .bottom, spacing: 0) {
                        if standing.needsNewCode, Place.bar.contains(place) { NewCodeStrip { stack.go(.enrol) } }
                    }
                }
            }
        }
        .modifier(SecureWindow(here: stack.here, fieldbook: graph.fieldbook))
        .modifier(AskToTell(here: stack.here, teller: graph.teller))
        .onChange(of: isNobody, initial: true) { if isNobody, stack.here != .enrol { stack.startAt(.enrol) } }
    }
}

/// Which page is drawn at which place: one line each.
private struct PageOf: View {
    let place: Place
    let graph: Graph
    let stack: Stack

    init(_ place: Place, _ graph: Graph, _ stack: Stack) {
        self.place = place
        self.graph = graph
        self.stack = stack
    }

    var body: some View {
        switch place {
        case .enrol: EnrolScreen(graph) { stack.entries.isEmpty ? stack.startAt(.today) : stack.back() }
        case .today: TodayScreen(graph.fieldbook, onGo: stack.go)
        case .visit(let draftId, let hamletId, let later):
            VisitScreen(
                graph, draftId: draftId, hamletId: hamletId, later: later, onDraft: { stack.rename(.visit(draftId: $0)) }, onSave: saved,
                onBack: stack.back)
        case .petition(let draftId, let answers):
            PetitionScreen(
                graph, draftId: draftId, answers: answers, onMove: stack.rename, onSave: saved, onLeave: stack.back)
        case .problem(let draftId, let hamletId):
            ProblemScreen(
                graph, draftId: draftId, hamletId: hamletId, onDraft: { stack.rename(.problem(draftId: $0)) }, onSave: saved,
                onBack: stack.back)
        case .report: ReportScreen(graph.fieldbook, onGo: stack.go, onSave: saved)
        case .nothing(let unitId, let kind):
            ReportScreen(graph.fieldbook, unitId: unitId, kind: kind, onGo: stack.go, onSave: saved)
        case .reportForm(let draftId, let unitId, let kind):
            ReportFormScreen(
                graph, draftId: draftId, unitId: unitId, kind: kind, onDraft: { stack.rename(.reportForm(draftId: $0)) }, onSave: saved,
                onBack: stack.back)
        case .saved(let caseId, let undoId, let moreReceipts):
            SavedScreen(
                graph.fieldbook, caseId: caseId, undoId: undoId, moreReceipts: moreReceipts, onUndone: { stack.replace($0.place) },
                onGo: stack.go, onDone: { stack.startAt(.today) })
        case .book: BookScreen(graph.fieldbook, onGo: stack.go)
        case .case(let id): CaseScreen(graph.fieldbook, graph.pictures, caseId: id, onGo: stack.go)
        case .hamlet(let id): HamletScreen(graph.fieldbook, id: id, onGo: stack.go)
        case .outbox: OutboxScreen(graph.fieldbook, onGo: stack.go)
        case .me: MeScreen(graph.fieldbook, graph.choices) { graph.isOpened = true }
        }
    }

    /// The page that says what "Lưu" gave takes the place of the form.
    private func saved(_ saved: Saved) {
        stack.replace(.saved(caseId: saved.id, undoId: saved.undoId, moreReceipts: saved.moreReceipts))
    }
}

extension Draft {
    /// Its form.
    fileprivate var place: Place {
        switch entry {
        case .visit: .visit(draftId: id)
        case .problem: .problem(draftId: id)
        case .petition: .petition(draftId: id)
        case .report: .reportForm(draftId: id)
        }
    }
}
