import FieldbookCore
import SwiftUI

/// A field for text. It shows what is typed from itself, so that a keyboard that composes Vietnamese is never overtaken; another
/// `edition` of the form fills it anew.
struct TextBox: View {
    let label: String
    let text: String
    let edition: Int
    var fault: String?
    var lines = 1
    let onType: (String) -> Void

    var body: some View {
        FormField(label, text: text, fault: fault, lines: lines, onType: onType).id(edition)
    }
}

extension FormFault {
    /// What is wrong with a field, in the words that stand on top of the page and beside the field alike.
    func words(of label: String, in words: Words) -> String { words(.formFault, label, words(fault.sentence)) }
}

/// On top of a page that a person was sent back to.
struct FaultSummary: View {
    let label: String
    let fault: FormFault
    @Environment(\.words) private var words

    var body: some View { Notice(fault.words(of: label, in: words), tone: .late) }
}

/// What came back after the app was ended, and from when.
struct RestoredNotice: View {
    let keptAt: Date
    @Environment(\.words) private var words

    var body: some View { Notice(words(.formRestored, keptAt.words)) }
}

/// "Đã bỏ", with the way back.
struct RemovedNotice: View {
    let onUndo: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Notice(words(.formRemoved)) { LineButton(words(.actionUndo), action: onUndo) }
    }
}

/// A line of "Kiểm tra lại": what was asked, what was answered, "Sửa".
struct CheckLine: View {
    let title: Key
    let answer: String
    let onEdit: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(words(title)).font(.lineTitle).accessibilityAddTraits(.isHeader)
            Text(answer)
            LineButton(words(.formEdit, words(title)), action: onEdit)
            Divider()
        }
    }
}

/// Which post one acts in, asked only where several fit.
struct PostChoice: View {
    let posts: [MyPost]
    let chosen: String?
    var fault: FormFault?
    let onChoose: (String) -> Void
    @Environment(\.words) private var words

    var body: some View {
        if posts.count > 1 {
            VStack(alignment: .leading, spacing: 8) {
                Text(words(.formPost)).font(.lineTitle)
                ChoiceList(posts.map { Choice($0.id, words(.commonPost, $0.title, $0.unit)) }, chosen: chosen, onChoose: onChoose)
                if let fault { FaultText(words: fault.words(of: words(.formPost), in: words)) }
            }
        }
    }
}

/// What is wrong with a choice, below it.
struct FaultText: View {
    let words: String

    var body: some View { Text(words).foregroundStyle(Tone.late.ink.color) }
}
