import SwiftUI

/// Asks whether to tell of answers, once: when the first saved record is left, since from then on an answer may come.
struct AskToTell: ViewModifier {
    let here: Place
    let teller: Teller

    func body(content: Content) -> some View {
        content.onChange(of: here) { from, to in
            guard case .saved = from, Place.bar.contains(to) else { return }
            Task { await teller.ask() }
        }
    }
}
