import SwiftUI

/// The shape of a tone. As a symbol it grows with the words beside it.
struct ToneMark: View {
    let tone: Tone

    init(_ tone: Tone) { self.tone = tone }

    var body: some View { Image(systemName: tone.shape).accessibilityHidden(true) }
}
