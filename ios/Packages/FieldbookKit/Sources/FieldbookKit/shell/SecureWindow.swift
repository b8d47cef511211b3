import FieldbookCore
import SwiftUI

/// Pages about residents are covered while the app is not the one in the hand, so that the app switcher's picture shows none of them.
struct SecureWindow: ViewModifier {
    let here: Place
    let fieldbook: any FieldbookProtocol
    @Environment(\.scenePhase) private var phase
    @Environment(\.words) private var words
    @State private var isSecret = true

    func body(content: Content) -> some View {
        content
            .overlay {
                if phase != .active, isSecret {
                    Theme.paper.color.ignoresSafeArea()
                    Text(words(.appName)).font(.pageTitle)
                }
            }
            .accessibilityHidden(phase != .active && isSecret)
            .task(id: here) {
                isSecret = here.mayBeSecret
                isSecret = await here.isSecret(in: fieldbook)
            }
    }
}

extension Place {
    /// Before it is known: a case is secret until it turns out to be none of a resident.
    fileprivate var mayBeSecret: Bool {
        switch self {
        case .petition, .case: true
        case .enrol, .today, .book, .outbox, .me, .visit, .problem, .report, .nothing, .reportForm, .saved, .hamlet: false
        }
    }

    @MainActor
    fileprivate func isSecret(in fieldbook: any FieldbookProtocol) async -> Bool {
        guard case .case(let id) = self else { return mayBeSecret }
        let kind = await outcome { try await fieldbook.case(id: id).row.kind }.value
        return kind == nil || kind == .petition
    }
}
