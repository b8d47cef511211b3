import FieldbookCore
import SwiftUI

/// The way to a new code of the office, above the bottom bar. Nothing is taken away meanwhile: one may go on writing.
struct NewCodeStrip: View {
    let onEnrol: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        PinnedActions {
            SideButton(words(.actionNewCode), icon: "qrcode.viewfinder", action: onEnrol)
        }
    }
}

extension Standing {
    /// Whether only a new code of the office lets this phone send again.
    var needsNewCode: Bool {
        switch self {
        case .signInAgain, .revoked: true
        case .notEnrolled, .awaitConfirmation, .filling, .ready: false
        }
    }
}
