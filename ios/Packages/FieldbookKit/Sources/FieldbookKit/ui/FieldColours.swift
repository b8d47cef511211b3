import SwiftUI

extension View {
    /// A field with a fault has the colour of the summary above it. Red is for what may be lost.
    func fieldColours(hasFault: Bool) -> some View {
        overlay {
            if hasFault { RoundedRectangle(cornerRadius: 8).stroke(Tone.late.ink.color, lineWidth: 2) }
        }
    }
}
