import SwiftUI

/// How a status feels. Each has a shape of its own, so that no meaning hangs on a colour.
enum Tone: CaseIterable, Sendable {
    /// Nothing to do: a ring.
    case calm
    /// Done: a tick.
    case good
    /// Soon: a half-filled ring.
    case soon
    /// Late, or to be put right: a triangle.
    case late
    /// Something may be lost: a square with a stroke. The only red there is.
    case danger

    var ink: Paint {
        switch self {
        case .calm: Paint(hex: 0x37413F)
        case .good: Paint(hex: 0x0B4F2A)
        case .soon: Paint(hex: 0x4A3A00)
        case .late: Paint(hex: 0x6B2B00)
        case .danger: Paint(hex: 0x7F150D)
        }
    }

    var paper: Paint {
        switch self {
        case .calm: Paint(hex: 0xEEF2F1)
        case .good: Paint(hex: 0xDDF2E3)
        case .soon: Paint(hex: 0xFFF0C2)
        case .late: Paint(hex: 0xFFE3CC)
        case .danger: Paint(hex: 0xFCE4E1)
        }
    }

    var shape: String {
        switch self {
        case .calm: "circle"
        case .good: "checkmark"
        case .soon: "circle.lefthalf.filled"
        case .late: "triangle.fill"
        case .danger: "exclamationmark.square.fill"
        }
    }
}

/// A status: a word, a shape, and a colour, in this order of importance.
struct StatusChip: View {
    let word: String
    let tone: Tone

    init(_ word: String, _ tone: Tone) {
        self.word = word
        self.tone = tone
    }

    var body: some View {
        HStack(spacing: 8) {
            ToneMark(tone)
            Text(word)
        }
        .font(.small.weight(.medium))
        .padding(.horizontal, 10)
        .padding(.vertical, 4)
        .foregroundStyle(tone.ink.color)
        .background(tone.paper.color)
        .clipShape(RoundedRectangle(cornerRadius: 8))
    }
}
