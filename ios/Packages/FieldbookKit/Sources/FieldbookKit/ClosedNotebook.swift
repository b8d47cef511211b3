import FieldbookCore
import SwiftUI

/// In place of everything when the notebook's folder cannot be made: there is no room on the phone.
public struct ClosedNotebook: View {
    public init() {}

    public var body: some View {
        NavigationStack { Page("") { ProblemBlock(.StorageFull) } }
            .fieldbookTheme()
    }
}

#Preview { ClosedNotebook() }
