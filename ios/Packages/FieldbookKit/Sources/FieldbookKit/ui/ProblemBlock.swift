import FieldbookCore
import SwiftUI

/// What went wrong, what to do, and whom to call. Read out as soon as it appears.
struct ProblemBlock: View {
    let problem: FieldbookError
    var officePhone: String?
    var onAgain: (() -> Void)?
    @Environment(\.words) private var words

    init(_ problem: FieldbookError, officePhone: String? = nil, onAgain: (() -> Void)? = nil) {
        self.problem = problem
        self.officePhone = officePhone
        self.onAgain = onAgain
    }

    var body: some View {
        Notice(words(problem.sentence), tone: problem.tone) {
            if let officePhone { CallButton(words(.actionCallOffice, officePhone), number: officePhone) }
            if let onAgain { LineButton(words(.actionTryAgain), action: onAgain) }
        }
    }
}

/// In place of a page that could not be read, with the way to try again where the thumb is.
struct FailedPage: View {
    let problem: FieldbookError
    let onAgain: () -> Void
    let onBack: () -> Void

    init(_ problem: FieldbookError, onAgain: @escaping () -> Void, onBack: @escaping () -> Void) {
        self.problem = problem
        self.onAgain = onAgain
        self.onBack = onBack
    }

    var body: some View {
        Page("", onBack: onBack) {
            ProblemBlock(problem)
        } actions: {
            AgainButton(onAgain: onAgain)
        }
    }
}

struct AgainButton: View {
    let onAgain: () -> Void
    @Environment(\.words) private var words

    var body: some View { MainButton(words(.actionTryAgain), action: onAgain) }
}

extension FieldbookError {
    /// Having no network is usual; without room on the phone something may be lost.
    var tone: Tone {
        switch self {
        case .Offline: .calm
        case .StorageFull: .danger
        case .Internal, .Invalid, .Rejected, .SignInAgain, .UpdateApp: .late
        }
    }
}

/// Something to know before going on. Calm, it is grey; else it has the colour and the shape of its tone. Read out as soon as it appears.
struct Notice<More: View>: View {
    let text: String
    let tone: Tone
    let more: More

    init(_ text: String, tone: Tone = .calm, @ViewBuilder more: () -> More = { EmptyView() }) {
        self.text = text
        self.tone = tone
        self.more = more()
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            if isCalm {
                Text(text)
            } else {
                HStack(spacing: 12) {
                    ToneMark(tone)
                    Text(text)
                }
                .foregroundStyle(tone.ink.color)
            }
            more
        }
        .padding(16)
        .frame(maxWidth: .infinity, alignment: .leading)
        .background(isCalm ? Theme.calmPaper.color : tone.paper.color)
        .clipShape(RoundedRectangle(cornerRadius: Theme.corner))
        .overlay {
            if !isCalm { RoundedRectangle(cornerRadius: Theme.corner).stroke(tone.ink.color, lineWidth: 2) }
        }
        .onChange(of: text, initial: true) { AccessibilityNotification.Announcement(text).post() }
    }

    private var isCalm: Bool { tone == .calm }
}

/// Opens the telephone with this number; the person still presses "call".
struct CallButton: View {
    let text: String
    let number: String
    @Environment(\.openURL) private var openURL

    init(_ text: String, number: String) {
        self.text = text
        self.number = number
    }

    var body: some View {
        // A number is not broken across lines, unless a line cannot hold it: then between its groups.
        SideButton(text.replacing(number, with: number.replacing(" ", with: "\u{A0}")), icon: "phone") {
            if let call = URL(string: "tel:" + number.filter { !$0.isWhitespace }) { openURL(call) }
        }
    }
}
