import SwiftUI

/// A field whose words are kept elsewhere: `text` is what it begins with. What is typed is never written over while it is composed, as
/// Telex and VNI need. The keyboard brings its own microphone.
struct FormField: View {
    let label: String
    var hint: String?
    var fault: String?
    var lines: Int
    var keyboard: UIKeyboardType
    let onType: (String) -> Void
    @State private var typed: String

    init(
        _ label: String, text: String, hint: String? = nil, fault: String? = nil, lines: Int = 1, keyboard: UIKeyboardType = .default,
        onType: @escaping (String) -> Void
    ) {
        self.label = label
        self.hint = hint
        self.fault = fault
        self.lines = lines
        self.keyboard = keyboard
        self.onType = onType
        _typed = State(initialValue: text)
    }

    var body: some View {
        LabeledField(label, fault: fault, hint: hint) {
            TextField(label, text: $typed, axis: .vertical)
                .lineLimit(lines...max(lines, 12))
                .keyboardType(keyboard)
                .textInputAutocapitalization(keyboard == .default ? .sentences : .never)
                .textFieldStyle(.roundedBorder)
        }
        .onChange(of: typed) { _, words in
            // A short answer may be shown on several lines but has none of its own.
            if lines == 1, words.contains("\n") { return typed = words.replacing("\n", with: "") }
            onType(words)
        }
    }
}

/// A field with its label above, so that it is there also when something is typed, and what is wrong with it below.
struct LabeledField<Field: View>: View {
    let label: String
    var fault: String?
    var hint: String?
    let field: Field

    init(_ label: String, fault: String? = nil, hint: String? = nil, @ViewBuilder field: () -> Field) {
        self.label = label
        self.fault = fault
        self.hint = hint
        self.field = field()
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(label).font(.small).accessibilityHidden(true)
            field
                .frame(minHeight: Theme.targetHeight)
                .fieldColours(hasFault: fault != nil)
            if let fault {
                Label(fault, systemImage: Tone.late.shape).font(.small).foregroundStyle(Tone.late.ink.color)
            } else if let hint {
                Text(hint).font(.small)
            }
        }
    }
}
