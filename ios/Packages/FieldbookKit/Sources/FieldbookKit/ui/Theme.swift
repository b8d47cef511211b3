import SwiftUI

/// A colour by its parts, so that a test can measure the contrast of two.
struct Paint: Equatable, Sendable {
    let hex: UInt32

    var color: Color { Color(red: part(16), green: part(8), blue: part(0)) }

    private func part(_ shift: UInt32) -> Double { Double(hex >> shift & 0xFF) / 255 }
}

/// One accent on white, everything that is read at least 7 : 1; light only, since it is read in the sun.
enum Theme {
    static let accent = Paint(hex: 0x00574B)
    static let onAccent = Paint(hex: 0xFFFFFF)
    static let accentPaper = Paint(hex: 0xD7EFE9)
    static let onAccentPaper = Paint(hex: 0x00332B)
    static let paper = Paint(hex: 0xFFFFFF)
    static let ink = Paint(hex: 0x151A19)
    static let calmPaper = Paint(hex: 0xEEF2F1)
    static let line = Paint(hex: 0x63706D)
    static let thinLine = Paint(hex: 0xC2CCC9)

    /// Room at the sides of every page.
    static let pageMargin: CGFloat = 16
    /// Height of a main action, at least.
    static let mainActionHeight: CGFloat = 56
    /// Height of everything else one can tap, at least.
    static let targetHeight: CGFloat = 48
    static let corner: CGFloat = 12
}

extension Font {
    static let pageTitle = Font.title2.weight(.semibold)
    static let sectionTitle = Font.title3.weight(.semibold)
    static let lineTitle = Font.body.weight(.semibold)
    static let small = Font.subheadline
}

extension DynamicTypeSize {
    /// From this size on, what stands side by side stands one below the other.
    var areWordsLarge: Bool { self >= .xxxLarge }
}

private struct WordsKey: EnvironmentKey {
    static let defaultValue = Words(.ofTheSystem)
}

extension EnvironmentValues {
    /// The texts of the language the app speaks.
    var words: Words {
        get { self[WordsKey.self] }
        set { self[WordsKey.self] = newValue }
    }
}

extension View {
    /// The look of every screen. Words are as large as the larger of the system's and the chosen size, never multiplied.
    func fieldbookTheme(_ textSize: TextSize = .usual) -> some View { modifier(LargerOf(textSize: textSize)) }
}

private struct LargerOf: ViewModifier {
    let textSize: TextSize
    @Environment(\.dynamicTypeSize) private var system

    func body(content: Content) -> some View {
        content
            .environment(\.dynamicTypeSize, max(system, textSize.least))
            .font(.body)
            .foregroundStyle(Theme.ink.color)
            .tint(Theme.accent.color)
    }
}
